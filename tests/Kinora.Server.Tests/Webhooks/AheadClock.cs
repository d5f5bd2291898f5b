namespace Kinora.Server.Tests.Webhooks;

/// <summary>The real clock, set ahead as far as a test wants. Its timers are real ones.</summary>
internal sealed class AheadClock : TimeProvider
{
    private long _aheadTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Volatile.Read(ref _aheadTicks));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _aheadTicks, time.Ticks);
}
