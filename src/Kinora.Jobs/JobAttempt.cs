using System.Diagnostics;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Usage;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>Runs one claimed attempt from its handler's start to the store's answer to its end.</summary>
internal sealed class JobAttempt(
    IJobStore store, IBlobStore? blobs, Job job, JobHandler handler, JobWorkerOptions options, JobMetrics metrics, TimeProvider time, ILogger logger)
{
    private readonly JobReports _reports = new();
    private AttemptLease? _lease;
    private int _shuttingDown;

    /// <summary>Stops the handler, so that the job goes back to the queue.</summary>
    internal void ShutDown()
    {
        Volatile.Write(ref _shuttingDown, 1);
        _lease?.Stop(StopReason.ShuttingDown);
    }

    internal async Task RunAsync()
    {
        long started = TimeProvider.System.GetTimestamp();
        using var scope = logger.BeginScope(new KeyValuePair<string, object>[] { new("JobId", job.Id), new("Attempt", job.Attempt) });
        metrics.AttemptStarted(job);
        TraceWait();
        using var span = KinoraSource.Start("attempt", ActivityKind.Consumer, job.TraceParent);
        span?.SetTag("kinora.job", job.Id).SetTag("kinora.endpoint", job.Endpoint).SetTag("kinora.attempt", job.Attempt);
        using var lease = new AttemptLease(store, job, _reports, options, logger);
        _lease = lease;
        if (Volatile.Read(ref _shuttingDown) != 0)
            lease.Stop(StopReason.ShuttingDown);

        var outcome = await lease.HoldAsync(InvokeAsync);
        await EndAsync(outcome, lease.StopReason);
        if (outcome is JobOutcome.Failed { Failure: var failure })
            span?.SetStatus(ActivityStatusCode.Error, failure.Kind.ToString());
        metrics.AttemptEnded(outcome, lease.StopReason, lease.StoppedAt, TimeProvider.System.GetElapsedTime(started));
        _lease = null;
    }

    // From the submit to the first claim. It is over when it becomes known, so it is traced in hindsight.
    private void TraceWait()
    {
        if (job is not { Attempt: 1, StartedAt: { } claimed } || !KinoraSource.Activities.HasListeners())
            return;

        _ = ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var parent);
        using var span = KinoraSource.Activities.StartActivity("claim", ActivityKind.Internal, parent, startTime: job.CreatedAt);
        span?.SetTag("kinora.job", job.Id).SetEndTime(claimed.UtcDateTime);
    }

    private async Task<JobOutcome> InvokeAsync(CancellationToken workToken)
    {
        try
        {
            // A handler that computes before its first await must not hold up the loop that claims.
            return await Task.Run(() => handler(new JobContext(job, _reports, time), workToken), CancellationToken.None);
        }
        catch (OperationCanceledException) when (workToken.IsCancellationRequested)
        {
            return new JobOutcome.Cancelled();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The handler of job {JobId} threw in attempt {Attempt}.", job.Id, job.Attempt);
            return new JobOutcome.Failed(JobFaults.ToFailure(exception));
        }
    }

    private Task EndAsync(JobOutcome outcome, StopReason stop) => (outcome, stop) switch
    {
        (_, StopReason.LeaseLost) => DropAsync(outcome),
        (JobOutcome.Completed completed, _) => CompleteAsync(completed),
        // A stopped handler may fail because it was stopped (its child process was killed): then the reason for stopping is the truth.
        (JobOutcome.Failed { Failure: { CanRetry: false } failure }, _) => WriteAsync(token => store.FailAsync(job.Id, job.Attempt, failure, token)),
        (_, StopReason.CancelRequested) => WriteAsync(token => store.ConfirmCancelledAsync(job.Id, job.Attempt, token)),
        (_, StopReason.ShuttingDown) => WriteAsync(token => store.ReleaseAsync(job.Id, job.Attempt, token)),
        (_, StopReason.RunTimeout) => WriteAsync(token => store.FailAsync(job.Id, job.Attempt, JobFaults.RunTimeout(options.RunTimeout), token)),
        (JobOutcome.Failed failed, _) => WriteAsync(token => store.FailAsync(job.Id, job.Attempt, failed.Failure, token)),
        _ => WriteAsync(token => store.FailAsync(job.Id, job.Attempt, JobFaults.StoppedItself, token)),
    };

    private async Task CompleteAsync(JobOutcome.Completed completed)
    {
        bool refused = await WriteAsync(
            token => store.CompleteAsync(job.Id, job.Attempt, completed.Output, new JobCharge(completed.BillableUnits, completed.UnitPrice), completed.BlobNames, token));
        if (refused)
            await DropAsync(completed);
    }

    /// <summary>Writes with a few retries for as long as the lease may hold.</summary>
    /// <returns>True only if the store's first answer was that the lease is lost: after a failed try, "lost" may be our own success.</returns>
    private async Task<bool> WriteAsync(Func<CancellationToken, Task<bool>> write)
    {
        long start = TimeProvider.System.GetTimestamp();
        for (int tries = 1; ; tries++)
        {
            try
            {
                bool written = await write(CancellationToken.None);
                if (!written)
                    logger.LogWarning("Attempt {Attempt} of job {JobId} has lost its lease; its end was not recorded.", job.Attempt, job.Id);
                return !written && tries == 1;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "The end of attempt {Attempt} of job {JobId} did not reach the store (try {Tries}).", job.Attempt, job.Id, tries);
                if (TimeProvider.System.GetElapsedTime(start) >= options.Lease)
                    return false;
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(2_000, 50 << Math.Min(tries, 6))), CancellationToken.None);
            }
        }
    }

    // The result of an overtaken attempt belongs to nobody.
    private async Task DropAsync(JobOutcome outcome)
    {
        if (blobs is null || outcome is not JobOutcome.Completed completed)
            return;

        foreach (string name in completed.BlobNames)
        {
            try
            {
                await blobs.DeleteAsync(name, CancellationToken.None);
            }
            catch (Exception exception)
            {
                logger.LogWarning(exception, "The blob {Blob} of an overtaken attempt could not be deleted.", name);
            }
        }
    }
}
