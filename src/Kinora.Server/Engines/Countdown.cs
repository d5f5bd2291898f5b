namespace Kinora.Server.Engines;

/// <summary>
/// Estimates when a clip will be done from the pace of the phase it is in. It says nothing before that pace has been seen: phases differ too much to guess from the
/// one before. Between reports, and until a new phase's pace is known, the last estimate runs down.
/// </summary>
internal sealed class Countdown(TimeProvider time)
{
    private static readonly TimeSpan s_leastSeen = TimeSpan.FromSeconds(0.4);
    private const double LeastFraction = 0.04;

    private readonly Lock _lock = new();
    private string? _phase;
    private (long Timestamp, double Fraction) _start;
    private (long Timestamp, TimeSpan Left)? _estimate;

    /// <summary>How long it will still take; null until that is known.</summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            lock (_lock)
                return _estimate is { } estimate ? Max(TimeSpan.Zero, estimate.Left - time.GetElapsedTime(estimate.Timestamp)) : null;
        }
    }

    /// <summary>Takes in a report of <see cref="IEngineObserver.Report"/>.</summary>
    public void Report(string phase, double fraction)
    {
        lock (_lock)
        {
            if (phase != _phase)
                (_phase, _start) = (phase, (time.GetTimestamp(), fraction));
            var (seen, done) = (time.GetElapsedTime(_start.Timestamp), fraction - _start.Fraction);
            if (done >= LeastFraction && seen >= s_leastSeen)
                _estimate = (time.GetTimestamp(), seen * ((1 - fraction) / done));
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
