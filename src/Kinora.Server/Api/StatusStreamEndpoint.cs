using Kinora.Jobs;
using Kinora.Server.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Api;

/// <summary>
/// <c>GET …/requests/{id}/status/stream</c>: the status as server-sent events, one at once and one per change, each with the log lines that are new since the
/// last (the JavaScript client adds them up). The server closes the stream after the event that says the request is over.
/// </summary>
internal sealed class StatusStreamEndpoint(
    IJobStore jobs, RequestLookup lookup, StreamSlots slots, FaultGate faults, IHostApplicationLifetime lifetime, TimeProvider time, IOptions<ApiOptions> options)
{
    // Moving up in the queue is no change of the job itself, so a waiting job is looked at again in any case.
    private static readonly TimeSpan s_queuePositionInterval = TimeSpan.FromSeconds(1);

    /// <summary>Streams until the request is over, the client hangs up or the server stops.</summary>
    public async Task HandleAsync(ApiCall call)
    {
        if (!LogsQuery.TryRead(call.Query, out var withLogs, out var violation))
        {
            await ErrorResponses.WriteViolationsAsync(call.Response, [violation!]);
            return;
        }

        if (await lookup.FindStatusAsync(call) is not { } job)
        {
            await ErrorResponses.WriteRequestNotFoundAsync(call.Response);
            return;
        }

        using var slot = slots.TryEnter();
        if (slot is null)
        {
            await slots.WriteFullAsync(call.Response);
            return;
        }

        EventStream.Begin(call.Response);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, lifetime.ApplicationStopping);
        try
        {
            await StreamAsync(call, job, withLogs, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client has gone, or the server is stopping and the client will ask again.
        }
    }

    private async Task StreamAsync(ApiCall call, JobStatus job, bool withLogs, CancellationToken cancellationToken)
    {
        var links = call.LinksOf(job.Id);
        var heartbeat = options.Value.StreamHeartbeat;
        var lastSequence = 0L;
        while (true)
        {
            var log = withLogs ? await jobs.ReadLogAsync(job.Id, lastSequence, cancellationToken) : null;
            if (log is { Count: > 0 }) lastSequence = log[^1].Sequence;
            JsonResponse.WriteEvent(call.Response, StatusAnswer.Of(job, links, log), StatusAnswer.Write);
            await call.Response.BodyWriter.FlushAsync(cancellationToken);
            if (await faults.TryDropStreamAsync(call, job.Id)) return;
            if (job.State is JobState.Completed or JobState.Failed or JobState.Cancelled) return;

            if (await NextAsync(call, job, heartbeat, cancellationToken) is not { } next) return;
            job = next;
        }
    }

    // Waits for a status that differs from the last one shown, with a sign of life whenever it takes long. Null if retention took the job away.
    private async Task<JobStatus?> NextAsync(ApiCall call, JobStatus shown, TimeSpan heartbeat, CancellationToken cancellationToken)
    {
        var lastWrite = time.GetTimestamp();
        while (true)
        {
            var silence = time.GetElapsedTime(lastWrite);
            if (silence >= heartbeat)
            {
                await EventStream.WriteHeartbeatAsync(call.Response, cancellationToken);
                lastWrite = time.GetTimestamp();
                silence = TimeSpan.Zero;
            }

            var atMost = heartbeat - silence;
            if (shown.State == JobState.Queued && atMost > s_queuePositionInterval) atMost = s_queuePositionInterval;
            await jobs.WaitForChangeAsync(shown.Id, shown.Version, atMost, cancellationToken);

            var now = await jobs.FindStatusAsync(shown.Id, cancellationToken);
            if (now is null || now.Version != shown.Version || now.QueuePosition != shown.QueuePosition) return now;
        }
    }
}
