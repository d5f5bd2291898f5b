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
    public void What_is_said_is_not_cut()
    {
        var cut = Cut("The old man looks up and says: \"Wait. Is that snow? It is.\" The camera pans left over the lake.", 10);

        Assert.Equal(2, cut.Shots.Count);
        Assert.Contains("It is.", cut.Shots[0].Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_about_style_are_no_shot_and_hold_for_all()
    {
        var cut = Cut("A boat drifts on the lake. Close-up of the sail. Photorealistic, cinematic. Black and white film.", 10);

        Assert.Equal(2, cut.Shots.Count);
        Assert.All(cut.Shots, shot => Assert.Contains("Black and white", shot.Prompt, StringComparison.Ordinal));
    }

    [Fact]
    public void Who_has_more_to_say_gets_more_time()
    {
        var cut = Cut("A lake. The camera slowly pushes in on the old wooden boat while mist rises from the water and the first light touches the hills.", 10);

        Assert.True(cut.Shots[1].Duration > cut.Shots[0].Duration + TimeSpan.FromSeconds(1));
        Assert.True(cut.Shots[0].Duration >= TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void A_match_cut_keeps_the_subject_in_its_place_on_the_screen_and_the_camera_moving()
    {
        var plan = MotionClip.PlanScene(Cut("Pan left over the lake, match cut to a close-up", 10));

        Framing before = plan.Shots[0].Framing, after = plan.Shots[1].Framing;
        Assert.Equal((1.0, 0.58), (before.Scale, after.Scale));
        Assert.Equal("pan", plan.Shots[1].Moves[0].Move);
    }

    private static ClipBrief Cut(string prompt, double seconds) => ShotCutter.Cut(Clips.Brief(Clips.Blobs(64, 64), prompt, seconds) with { DirectorMayCut = true });

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
