using Kinora.Media;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Effects;

namespace Kinora.Rendering.Tests.Effects;

public sealed class SceneClockTests
{
    [Fact]
    public void Time_goes_on_over_a_cut_and_slower_or_faster_where_a_shot_says_so()
    {
        var clock = new SceneClock([Shot(0, 24, null), Shot(24, 24, 0.4), Shot(48, 24, 2.5)], new FrameRate(24));

        Assert.Equal([0, 1, 1.2, 1.4, 2.65], [clock.SecondsAt(0), clock.SecondsAt(24), clock.SecondsAt(36), clock.SecondsAt(48), clock.SecondsAt(60)], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    private static ShotPlan Shot(int first, int count, double? tempo) => new()
    {
        FirstFrame = first,
        FrameCount = count,
        Framing = Framing.Full,
        Moves = [],
        Tempo = tempo is { } factor ? new TempoPlan(factor, "test") : null,
    };
}
