namespace Kinora.Jobs.Tests;

public sealed class ChangeSignalsTests
{
    private readonly ChangeSignals<int> _signals = new();

    [Fact]
    public void A_pulse_reaches_everyone_who_subscribed_before_it_and_nobody_else()
    {
        using var one = _signals.Subscribe(1);
        using var alsoOne = _signals.Subscribe(1);
        using var two = _signals.Subscribe(2);

        _signals.Pulse(1);
        using var late = _signals.Subscribe(1);

        Assert.Equal([true, true, false, false], [one.Pulsed.IsCompleted, alsoOne.Pulsed.IsCompleted, two.Pulsed.IsCompleted, late.Pulsed.IsCompleted]);
    }

    [Fact]
    public void A_key_that_nobody_waits_for_is_forgotten()
    {
        _signals.Subscribe(1).Dispose();
        var first = _signals.Subscribe(2);
        _signals.Pulse(2);
        var second = _signals.Subscribe(2);
        first.Dispose();
        Assert.Equal(1, _signals.Count);
        second.Dispose();

        Assert.Equal(0, _signals.Count);
    }
}
