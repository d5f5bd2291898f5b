using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Tests.Direction;

public sealed class ShotCutterTests
{
    [Theory]
    [InlineData("A lake at dawn. Close-up of a duck. The sun rises.", 10, 3)]
    [InlineData("A wide street cut to a close-up of a sign", 8, 2)]
    [InlineData("shot 1: a wide street; shot 2: a face; shot 3: hands", 9, 3)]
    [InlineData("远景的湖。切到鸭子的特写。", 6, 2)]
    [InlineData("One. Two. Three. Four. Five. Six.", 15, 4)]
    [InlineData("A lake at dawn. A duck.", 3, 1)]
    [InlineData("A single thought without an end", 15, 1)]
    [InlineData("", 10, 1)]
    public void A_long_prompt_becomes_as_many_shots_as_it_has_thoughts_and_time(string prompt, double seconds, int shots)
    {
        var cut = ShotCutter.Cut(Clips.Brief(Clips.Blobs(64, 64), prompt, seconds) with { DirectorMayCut = true });

        Assert.Equal(shots, cut.Shots.Count);
        Assert.Equal(seconds, cut.Duration.TotalSeconds, 6);
    }

    [Fact]
    public void Without_leave_nothing_is_cut()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "One. Two. Three.", 15);

        Assert.Same(brief, ShotCutter.Cut(brief));
    }

    [Fact]
    public void Shots_get_different_framings_and_the_first_shows_the_start_image()
    {
        var plan = MotionClip.PlanScene(Clips.Brief(Clips.Blobs(64, 64), "A lake. Close-up of a duck. A wide view.", 12) with { DirectorMayCut = true });

        Assert.Equal(["full", "close-up", "full"], plan.Shots.Select(shot => shot.Framing.Name));
    }
}
