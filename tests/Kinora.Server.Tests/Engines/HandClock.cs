namespace Kinora.Server.Tests.Engines;

/// <summary>A stopwatch that stands still until it is moved.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public void Move(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
}
