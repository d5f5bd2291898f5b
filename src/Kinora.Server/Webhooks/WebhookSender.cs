using System.Collections.Concurrent;
using System.Diagnostics;
using Kinora.Jobs;
using Kinora.Jobs.Webhooks;
using Kinora.Server.Api;
using Kinora.Server.Faults;
using Kinora.Server.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Webhooks;

/// <summary>
/// Tells receivers that jobs have ended, independent of the workers, at least once each. Any number of processes may run one: each try is leased.
/// </summary>
internal sealed partial class WebhookSender(
    IWebhookStore store, WebhookKeyRing keys, WebhookTransport transport, WebhookOptions options, FaultOptions faults, ServerMetrics metrics, TimeProvider time, ILogger<WebhookSender> logger) : BackgroundService
{
    private static readonly TimeSpan s_pauseAfterFault = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<WebhookClaim, Task> _inFlight = [];
    private TaskCompletionSource _freed = NewSignal();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDueAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogStoreFault(fault);
                await Task.Delay(s_pauseAfterFault, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Task.WhenAll(_inFlight.Values);
    }

    private async Task SendDueAsync(CancellationToken stoppingToken)
    {
        // Before counting: whoever finishes after the count ends the wait below.
        Volatile.Write(ref _freed, NewSignal());
        var perHost = _inFlight.Keys.GroupBy(claim => claim.Url.Authority).ToDictionary(host => host.Key, host => host.Count());
        var claims = await store.ClaimDueAsync(
            options.MaxInFlight - _inFlight.Count, options.MaxInFlightPerHost, perHost, options.Lease, stoppingToken);
        foreach (var claim in claims)
            Start(claim, stoppingToken);
        if (claims.Count > 0) return;

        var full = perHost.Where(host => host.Value >= options.MaxInFlightPerHost).Select(host => host.Key).ToList();
        var due = _inFlight.Count < options.MaxInFlight ? store.WaitForDueAsync(full, stoppingToken) : Task.Delay(Timeout.Infinite, stoppingToken);
        await await Task.WhenAny(due, _freed.Task);
    }

    private void Start(WebhookClaim claim, CancellationToken stoppingToken)
    {
        // The task must be in the table before it can take itself out.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inFlight[claim] = RunAsync(claim, begin.Task, stoppingToken);
        begin.SetResult();
    }

    private async Task RunAsync(WebhookClaim claim, Task begin, CancellationToken stoppingToken)
    {
        await begin;
        try
        {
            await TryOnceAsync(claim, stoppingToken);
        }
        catch (Exception fault)
        {
            // Its lease runs out, and the try is made again.
            LogTryFault(fault, claim.Job.Id);
        }

        _inFlight.TryRemove(claim, out _);
        Volatile.Read(ref _freed).TrySetResult();
    }

    private async Task TryOnceAsync(WebhookClaim claim, CancellationToken stoppingToken)
    {
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        var plan = PlanOf(claim);
        var answer = plan?.Webhook switch
        {
            WebhookFault.Lose => WebhookAnswer.Failed("lost, as was asked for", isFinal: true),
            WebhookFault.Delay => WebhookAnswer.Failed("delayed, as was asked for"),
            _ => await SendAsync(claim, stoppingToken),
        };
        var outcome = new WebhookTry(claim.Number, at, answer.StatusCode, time.GetElapsedTime(started), answer.Problem);
        var (next, nextTryAt) = plan?.Webhook switch
        {
            WebhookFault.Delay => (WebhookState.Due, time.GetUtcNow() + plan.WebhookDelay),
            WebhookFault.Duplicate when answer.Problem is null => (WebhookState.Due, time.GetUtcNow()),
            _ => Decide(claim, answer),
        };
        await store.RecordAsync(claim.Job.Id, outcome, next, nextTryAt, CancellationToken.None);
        metrics.WebhookTried(answer.Problem is null ? "delivered" : next == WebhookState.GivenUp ? "given_up" : "failed");
        if (next == WebhookState.GivenUp) LogGivenUp(claim.Job.Id, claim.Url.Host, claim.RoundNumber, answer.Problem);
    }

    // Faults concern the first try only: a retry and a delivery by hand are honest.
    private FaultPlan? PlanOf(WebhookClaim claim) =>
        faults.Enabled && claim is { Number: 1, Job.Faults: { } text } ? FaultPlanParser.Parse(text) : null;

    private async Task<WebhookAnswer> SendAsync(WebhookClaim claim, CancellationToken stoppingToken)
    {
        if (WebhookBody.Write(claim.Job, claim.Origin + FileEndpoint.Prefix) is not { } body)
            return WebhookAnswer.Failed("the result has been erased, so there is nothing left to tell", isFinal: true);

        using var span = KinoraSource.Start("webhook", ActivityKind.Client, claim.Job.TraceParent);
        span?.SetTag("kinora.job", claim.Job.Id).SetTag("server.address", claim.Url.Host).SetTag("kinora.try", claim.Number);
        var key = await keys.FindSigningAsync(CancellationToken.None);
        var headers = WebhookSignature.CreateHeaders(key, claim.Job.Id, claim.Job.Owner, time.GetUtcNow(), body);
        try
        {
            var answer = await transport.PostAsync(claim.Url, body, headers, options.TimeoutOf(claim.RoundNumber), stoppingToken);
            if (answer.Problem is not null) span?.SetStatus(ActivityStatusCode.Error, answer.Problem);
            return answer;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return WebhookAnswer.Failed("this server stopped before the answer came");
        }
    }

    private (WebhookState Next, DateTimeOffset? At) Decide(WebhookClaim claim, WebhookAnswer answer)
    {
        if (answer.Problem is null) return (WebhookState.Delivered, null);
        var next = answer.IsFinal ? null : WebhookSchedule.NextTry(claim.RoundNumber, claim.DueSince, time.GetUtcNow(), answer.RetryAfter);
        return next is null ? (WebhookState.GivenUp, null) : (WebhookState.Due, next);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Error, Message = "Due webhooks could not be looked for; trying again in a second.")]
    private partial void LogStoreFault(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook of job {JobId} could not be sent or recorded; it is tried again.")]
    private partial void LogTryFault(Exception exception, Guid jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook of job {JobId} to {Host} is given up after {Tries} tries: {Problem}")]
    private partial void LogGivenUp(Guid jobId, string host, int tries, string? problem);
}
