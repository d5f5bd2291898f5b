using System.Text;
using Kinora.Jobs;
using Kinora.Server.Endpoints;
using Kinora.Server.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Kinora.Server.Api;

/// <summary>
/// <c>POST /{endpoint}</c> and <c>POST /{endpoint}/stream</c>: a job like any other, tied to the connection that waits for it. A bad input is answered 422 at
/// once, a hang-up cancels the job, and nothing is sent before the end, so that failures keep their own status code.
/// </summary>
internal sealed class RunEndpoint(IJobStore jobs, JobIntake intake, StreamSlots slots, RunSlots runs, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    /// <summary>Runs and answers with the bare output.</summary>
    public async Task HandleAsync(ApiCall call, ModelEndpoint endpoint)
    {
        if (await RunAsync(call, endpoint) is { } job) await ResultEndpoint.WriteAsync(call, job);
    }

    /// <summary>Runs and answers with an event stream whose one event is the output: there are no partial outputs of a video.</summary>
    public async Task HandleStreamAsync(ApiCall call, ModelEndpoint endpoint)
    {
        using var slot = slots.TryEnter();
        if (slot is null)
        {
            await slots.WriteFullAsync(call.Response);
            return;
        }

        if (await RunAsync(call, endpoint) is not { } job) return;
        if (job is not { State: JobState.Completed, Output: { } output })
        {
            await ResultEndpoint.WriteAsync(call, job);
            return;
        }

        ResultEndpoint.SetBillableUnits(call, job);
        EventStream.Begin(call.Response);
        JsonResponse.WriteEvent(call.Response, (output, call.FilesBase), static (writer, state) => OutputJson.Write(writer, state.output, state.FilesBase));
        await call.Response.BodyWriter.FlushAsync(call.Aborted);
    }

    // Null if the call has been answered already.
    private async Task<Job?> RunAsync(ApiCall call, ModelEndpoint endpoint)
    {
        using var run = runs.TryEnter(call.Owner);
        if (run is null)
        {
            await runs.WriteFullAsync(call.Response);
            return null;
        }

        if (await intake.TryReadAsync(call) is not { } submission) return null;
        if (Check(endpoint, submission.Input) is { } violations)
        {
            await ErrorResponses.WriteViolationsAsync(call.Response, violations);
            return null;
        }

        return await intake.TryEnqueueAsync(call, endpoint, submission, isTied: true) switch
        {
            EnqueueOutcome.Accepted accepted => await WaitAsync(call, accepted.Id, ownsJob: true),
            EnqueueOutcome.Replayed replayed => await WaitAsync(call, replayed.Id, ownsJob: false),
            _ => null,
        };
    }

    private static IReadOnlyList<Violation>? Check(ModelEndpoint endpoint, string input)
    {
        if (!JsonBody.TryParse(Encoding.UTF8.GetBytes(input), out var body, out var violation)) return [violation];
        return endpoint.Validate(body) is InputValidation.Refused refused ? refused.Violations : null;
    }

    private async Task<Job?> WaitAsync(ApiCall call, Guid id, bool ownsJob)
    {
        try
        {
            if (await WaitForEndAsync(call, id)) return await jobs.FindAsync(id, call.Aborted);
        }
        catch (OperationCanceledException) when (call.Aborted.IsCancellationRequested)
        {
            // A replayed call waits for another connection's job: that one decides.
            if (ownsJob) await jobs.RequestCancelAsync(id, CancellationToken.None);
            throw;
        }

        if (ownsJob) await jobs.RequestCancelAsync(id, CancellationToken.None);
        await ErrorResponses.WriteAsync(
            call.Response,
            StatusCodes.Status503ServiceUnavailable,
            "The server is shutting down before the request has started. Send it again.",
            "runner_scheduling_failure");
        return null;
    }

    // False if the server stops while the job still waits: nobody would start it in time. A running job is waited for.
    private async Task<bool> WaitForEndAsync(ApiCall call, Guid id)
    {
        using var stoppingOrAborted = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, lifetime.ApplicationStopping);
        while (true)
        {
            var isStopping = lifetime.ApplicationStopping.IsCancellationRequested;
            var status = await jobs.FindStatusAsync(id, call.Aborted);
            if (status is null or { State: not (JobState.Queued or JobState.Running) }) return true;
            if (isStopping && status.State == JobState.Queued) return false;

            try
            {
                await jobs.WaitForChangeAsync(id, status.Version, s_longestWait, isStopping ? call.Aborted : stoppingOrAborted.Token);
            }
            catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
            {
                // The server is stopping: look at the job once more.
            }
        }
    }
}
