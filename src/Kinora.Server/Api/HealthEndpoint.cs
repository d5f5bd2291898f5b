using System.Text.Json;
using Kinora.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Api;

/// <summary><c>GET /healthz</c>: whether this server can take work, which it can when the job store answers.</summary>
internal sealed partial class HealthEndpoint(IJobStore jobs, ILogger<HealthEndpoint> logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>200 <c>{"status":"ok"}</c>, or 503 <c>{"status":"unavailable"}</c>.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await ErrorResponses.WriteMethodNotAllowedAsync(http.Response, "GET, HEAD");
            return;
        }

        var isReady = await IsReadyAsync(http.RequestAborted);
        await JsonResponse.WriteAsync(
            http.Response, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, isReady ? "ok" : "unavailable", Write);
    }

    private static void Write(Utf8JsonWriter writer, string status)
    {
        writer.WriteStartObject();
        writer.WriteString("status", status);
        writer.WriteEndObject();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await jobs.FindStatusAsync(Guid.Empty, cancellationToken).WaitAsync(s_patience, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogUnavailable(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job store does not answer.")]
    private partial void LogUnavailable(Exception exception);
}
