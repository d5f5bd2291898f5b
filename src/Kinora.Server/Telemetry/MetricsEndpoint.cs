using System.Globalization;
using System.Text;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Upkeep;
using Kinora.Server.Api;
using Kinora.Server.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinora.Server.Telemetry;

/// <summary>
/// <c>GET /metrics</c>: what Prometheus scrapes. Where keys are asked for it needs one of scope admin: in Prometheus,
/// <c>authorization: {type: Key, credentials: "id:secret"}</c>.
/// </summary>
internal sealed class MetricsEndpoint(MetricsRecorder recorder, Readiness readiness, IUpkeepStore upkeep, ApiKeyAuthenticator authenticator)
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>200 with all metrics; 401, 403, 405.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET");
            return;
        }

        switch (await authenticator.AuthenticateAsync(http))
        {
            case Authentication.Refused refused:
                await ErrorResponses.WriteAsync(http.Response, refused.StatusCode, refused.Reason);
                return;
            case Authentication.Accepted { Scope: not ApiKeyScope.Admin }:
                await ErrorResponses.WriteAsync(http.Response, StatusCodes.Status403Forbidden, "Metrics need a key of scope admin.");
                return;
        }

        await ServeAsync(http);
    }

    /// <summary>200 with all metrics, whoever asks.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        var text = new StringBuilder(recorder.Write());
        await WriteStateAsync(text, http.RequestAborted);
        http.Response.ContentType = ContentType;
        await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }

    // What is looked up now instead of being counted as it happens. A database that is away leaves a gap, and a red light.
    private async Task WriteStateAsync(StringBuilder text, CancellationToken cancellationToken)
    {
        var checks = await readiness.LookAsync(cancellationToken);
        text.Append("# HELP kinora_ready Whether this process has what it needs: 1 or 0.\n# TYPE kinora_ready gauge\n");
        foreach (var check in checks) text.Append("kinora_ready{check=\"").Append(check.Name).Append("\"} ").Append(check.Problem is null ? '1' : '0').Append('\n');
        if (checks.Any(check => check is { Name: Readiness.Database, Problem: not null })) return;

        var summary = await upkeep.SummariseAsync(cancellationToken);
        Append(text, "kinora_jobs_queued", "Jobs that wait for a worker, in the whole installation.", summary.Queued);
        Append(text, "kinora_jobs_running", "Jobs that workers run, in the whole installation.", summary.Running);
        Append(text, "kinora_jobs_oldest_queued_seconds", "How long the oldest waiting job has been there.", summary.OldestQueuedFor.TotalSeconds);
        Append(text, "kinora_queue_paused", "Whether the queue is paused: 1 or 0.", summary.IsPaused ? 1 : 0);
        Append(text, "kinora_webhooks_due", "Webhooks that wait to be delivered.", summary.WebhooksDue);
    }

    private static void Append(StringBuilder text, string name, string help, double value) => text.Append(
        CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value:R}\n");
}
