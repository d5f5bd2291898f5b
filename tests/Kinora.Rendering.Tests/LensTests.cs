using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests;

/// <summary>Motion blur and focus, measured on the frames.</summary>
public sealed class LensTests
{
    [Fact]
    public async Task A_whip_pan_is_a_streak()
    {
        var still = await SharpnessAsync("static camera", 30);
        var whip = await SharpnessAsync("whip pan to the right", 3);

        Assert.True(whip < 0.8 * still, $"sharpness {still:0.00} at rest, {whip:0.00} in the whip");
    }

    [Theory]
    [InlineData("long exposure, pan left", "motion blur")]
    [InlineData("向左摇镜头，运动模糊", "motion blur")]
    public async Task The_lens_follows_the_prompt(string prompt, string effect)
    {
        var plan = MotionClip.PlanScene(Clips.Brief(await Photo.LoadAsync("coffee"), prompt));

        Assert.Contains(plan.Shots[0].Effects, planned => planned.Effect == effect);
    }

    [Theory]
    [InlineData("static camera, shallow depth of field")]
    [InlineData("static camera, rack focus")]
    public async Task What_is_away_from_the_focus_goes_soft_and_the_first_frame_stays_the_picture(string prompt)
    {
        var image = await Photo.LoadAsync("coffee");
        using var sharp = Clips.Create(Clips.Brief(image, "static camera, film look"));
        using var soft = Clips.Create(Clips.Brief(image, prompt));

        Assert.Equal(Clips.Frame(sharp, Photo.Small, 0).Data, Clips.Frame(soft, Photo.Small, 0).Data);
        var (before, after) = (SharpnessProbe.Of(Clips.Frame(sharp, Photo.Small, 40)), SharpnessProbe.Of(Clips.Frame(soft, Photo.Small, 40)));
        Assert.True(after < 0.97 * before, $"sharpness {before:0.00} without, {after:0.00} with it");
    }

    private static async Task<double> SharpnessAsync(string prompt, int frame)
    {
        using var clip = Clips.Create(Clips.Brief(await Photo.LoadAsync("coffee"), prompt));
        return SharpnessProbe.Of(Clips.Frame(clip, Photo.Small, frame));
    }
}
