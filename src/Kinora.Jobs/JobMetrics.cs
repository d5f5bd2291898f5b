using System.Diagnostics.Metrics;

namespace Kinora.Jobs;

/// <summary>The workers' measurements, under <see cref="KinoraSource.Name"/>.</summary>
public sealed class JobMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> s_jobSeconds = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] };

    private readonly Meter _meter = new(KinoraSource.Name);
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _cancelToIdle;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _run;

    /// <summary>Creates the instruments.</summary>
    public JobMetrics()
    {
        _attempts = _meter.CreateCounter<long>("kinora.jobs.attempts", "{attempt}", "Attempts that ended, by how.");
        _cancelToIdle = _meter.CreateHistogram<double>("kinora.jobs.cancel_to_idle", "s", "From the worker's seeing a cancel request to its being free again.");
        _wait = _meter.CreateHistogram("kinora.jobs.wait", "s", "From a job's submit to its first claim.", tags: null, s_jobSeconds);
        _run = _meter.CreateHistogram("kinora.jobs.run", "s", "How long attempts ran, by how they ended.", tags: null, s_jobSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Watches a worker: how many jobs it could run, and how many it does.</summary>
    internal void Watch(JobWorker worker, int slots)
    {
        _meter.CreateObservableGauge("kinora.worker.slots", () => slots, null, "Jobs that this process can run at once.");
        _meter.CreateObservableGauge("kinora.worker.running", () => worker.RunningCount, null, "Jobs that this process runs.");
    }

    internal void AttemptStarted(Job job)
    {
        if (job.Attempt == 1 && job.StartedAt is { } started)
            _wait.Record(Math.Max(0, (started - job.CreatedAt).TotalSeconds));
    }

    internal void AttemptEnded(JobOutcome outcome, StopReason stop, long stoppedAt, TimeSpan ran)
    {
        string end = (outcome, stop) switch
        {
            (JobOutcome.Completed, not StopReason.LeaseLost) => "completed",
            (JobOutcome.Failed { Failure.CanRetry: false }, not StopReason.LeaseLost) => "failed",
            (_, StopReason.CancelRequested) => "cancelled",
            (_, StopReason.LeaseLost) => "lease_lost",
            (_, StopReason.ShuttingDown) => "released",
            _ => "failed",
        };
        var how = new KeyValuePair<string, object?>("end", end);
        _attempts.Add(1, how);
        _run.Record(ran.TotalSeconds, how);
        if (stop == StopReason.CancelRequested)
            _cancelToIdle.Record(TimeProvider.System.GetElapsedTime(stoppedAt).TotalSeconds);
    }
}
