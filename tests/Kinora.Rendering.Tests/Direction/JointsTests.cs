using Kinora.Rendering.Direction;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests.Direction;

/// <summary>Cuts and dissolves between shots: read from the words, and seen on the frames.</summary>
public sealed class JointsTests
{
    [Theory]
    [InlineData("A lake at dawn", "Dissolve to a close-up of a duck")]
    [InlineData("A lake at dawn", "slow dissolve into the wide shot")]
    [InlineData("A lake at dawn", "Crossfade, the duck swims")]
    [InlineData("A lake at dawn, then cross-fade", "A duck")]
    [InlineData("Pan left over the lake, dissolve to the next shot", "A duck")]
    [InlineData("清晨的湖", "叠化到鸭子的特写")]
    [InlineData("清晨的湖，淡入淡出", "鸭子的特写")]
    public void Words_for_a_dissolve_join_two_shots_by_one(string before, string after) => Assert.Equal(20, Frames(before, after, 2));

    [Theory]
    [InlineData("A lake at dawn", "A duck")]
    [InlineData("Sugar dissolves into the coffee", "The sugar dissolves")]
    [InlineData("A lake", "no dissolve, a duck")]
    [InlineData("A lake", "fade to black")]
    [InlineData("雪溶解了", "鸭子")]
    public void Everything_else_is_a_cut(string before, string after) => Assert.Equal(0, Frames(before, after, 2));

    [Fact]
    public void A_dissolve_leaves_most_of_a_short_shot_alone() => Assert.Equal(10, Frames("A lake", "dissolve to a duck", 1));

    [Fact]
    public void A_way_from_shot_to_shot_is_no_fade_to_black() =>
        Assert.DoesNotContain(Plan("湖", "淡入淡出，鸭子", 2).Shots[1].Effects, effect => effect.Effect == "fade");

    [Fact]
    public void The_director_cuts_a_long_prompt_where_it_dissolves()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "A wide view of the lake. Then dissolve to a close-up of a duck.", 8) with { DirectorMayCut = true };
        var plan = MotionClip.PlanScene(brief);

        Assert.Equal([0, 22], plan.Shots.Select(shot => shot.DissolveFrames));
    }

    [Fact]
    public async Task One_shot_becomes_the_other_without_a_jump_and_both_are_whole_outside_the_dissolve()
    {
        var image = await Photo.LoadAsync("coffee");
        Shot[] shots = [new("static camera, wide shot", TimeSpan.FromSeconds(1.5)), new("dissolve to a close-up, static camera", TimeSpan.FromSeconds(1.5))];
        var brief = Clips.Brief(image, "") with { Shots = shots };
        using var clip = Clips.Create(brief);
        using var cut = Clips.Create(brief with { Shots = [shots[0], new("a close-up, static camera", shots[1].Duration)] });
        var half = clip.Plan.Shots[1].DissolveFrames / 2;
        var frames = Clips.Render(clip, Photo.Small);

        Assert.Equal(7, half);
        Assert.All(Enumerable.Range(1, frames.Count - 1), i => Assert.True(Psnr.Of(frames[i - 1].Y, frames[i].Y) > 24, $"frame {i} jumps by {Psnr.Of(frames[i - 1].Y, frames[i].Y):0.0} dB"));
        Assert.Equal(Clips.Frame(cut, Photo.Small, 36 - half - 1).Data, frames[36 - half - 1].Data);
        Assert.Equal(Clips.Frame(cut, Photo.Small, 36 + half).Data, frames[36 + half].Data);
        Assert.NotEqual(Clips.Frame(cut, Photo.Small, 36 - half + 1).Data, frames[36 - half + 1].Data);
    }

    private static int Frames(string before, string after, double seconds) => Plan(before, after, seconds).Shots[1].DissolveFrames;

    private static ScenePlan Plan(string before, string after, double seconds) => MotionClip.PlanScene(Clips.Brief(Clips.Blobs(64, 64), "") with
    {
        Shots = [new Shot(before, TimeSpan.FromSeconds(seconds)), new Shot(after, TimeSpan.FromSeconds(seconds + 1))],
    });
}
