using System.Diagnostics.Metrics;

namespace Kinora.Jobs;

/// <summary>The workers' measurements, under the meter name <see cref="MeterName"/>.</summary>
public sealed class JobMetrics : IDisposable
{
    /// <summary>What a telemetry exporter subscribes to.</summary>
    public const string MeterName = "Kinora.Jobs";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _cancelToIdle;

    /// <summary>Creates the instruments.</summary>
    public JobMetrics()
    {
        _attempts = _meter.CreateCounter<long>("kinora.jobs.attempts", "{attempt}", "Attempts that ended, by how.");
        _cancelToIdle = _meter.CreateHistogram<double>("kinora.jobs.cancel_to_idle", "s", "From the worker's seeing a cancel request to its being free again.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void AttemptEnded(JobOutcome outcome, StopReason stop, long stoppedAt)
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
        _attempts.Add(1, new KeyValuePair<string, object?>("end", end));
        if (stop == StopReason.CancelRequested)
            _cancelToIdle.Record(TimeProvider.System.GetElapsedTime(stoppedAt).TotalSeconds);
    }
}
