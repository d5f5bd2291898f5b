using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

public sealed class CountdownTests
{
    private readonly HandClock _clock = new();
    private readonly Countdown _countdown;

    public CountdownTests() => _countdown = new Countdown(_clock);

    [Fact]
    public void Nothing_is_said_before_the_pace_is_known()
    {
        _countdown.Report("rendering", 0.05);
        Assert.Null(_countdown.TimeLeft);
        _clock.Move(0.1);
        _countdown.Report("rendering", 0.5);
        Assert.Null(_countdown.TimeLeft);
    }

    [Fact]
    public void The_time_left_follows_the_pace_and_runs_down_between_reports()
    {
        _countdown.Report("rendering", 0);
        _clock.Move(2);
        _countdown.Report("rendering", 0.2);
        Assert.Equal(8, _countdown.TimeLeft!.Value.TotalSeconds, 6);
        _clock.Move(3);
        Assert.Equal(5, _countdown.TimeLeft!.Value.TotalSeconds, 6);
        _clock.Move(30);
        Assert.Equal(TimeSpan.Zero, _countdown.TimeLeft);
    }

    [Fact]
    public void A_new_phase_runs_down_the_old_estimate_until_it_has_its_own()
    {
        _countdown.Report("encoding the prompt", 0);
        _clock.Move(1);
        _countdown.Report("encoding the prompt", 0.1);
        _clock.Move(1);
        _countdown.Report("denoising", 0.1);
        Assert.Equal(8, _countdown.TimeLeft!.Value.TotalSeconds, 6);
        _clock.Move(10);
        _countdown.Report("denoising", 0.2);
        Assert.Equal(80, _countdown.TimeLeft!.Value.TotalSeconds, 6);
    }
}
