using Kinora.Media;
using Kinora.Rendering.Effects;
using Kinora.Rendering.Tests.Probes;

namespace Kinora.Rendering.Tests.Effects;

public sealed class EffectCatalogTests
{
    public static TheoryData<string, string> Examples => new()
    {
        { "sway", "the flower sways" }, { "breathe", "she breathes" }, { "fog", "thick fog" }, { "rays", "god rays" }, { "stars", "sparkles" },
        { "rain", "heavy rain" }, { "snow", "heavy snow" }, { "dust", "dust particles" }, { "embers", "embers" }, { "sparks", "sparks" }, { "leaves", "falling leaves" }, { "petals", "petals" },
        { "confetti", "confetti" }, { "fireflies", "fireflies" }, { "bubbles", "bubbles" }, { "light", "light shifts" }, { "flicker", "candlelight" }, { "daylight", "night falls" },
        { "lightning", "lightning" }, { "monochrome", "black and white" }, { "vintage", "vintage" }, { "vignette", "vignette" }, { "grain", "film grain" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_effect_shows_under_a_locked_camera_and_leaves_the_first_frame_alone(string name, string prompt)
    {
        var image = await Photo.LoadAsync("dandelion");
        using var clip = Clips.Create(Clips.Brief(image, "static camera, " + prompt, 2));
        VideoFrame first = Clips.Frame(clip, Photo.Small, 0), later = Clips.Frame(clip, Photo.Small, 36);

        Assert.Contains(clip.Plan.Shots[0].Effects, effect => effect.Effect == name);
        Assert.Equal(Kinora.Media.Color.Yuv420.FromImage(image).Data, first.Data);
        Assert.True(Psnr.Of(first.Data, later.Data) < 52, $"changes by {Psnr.Of(first.Data, later.Data):0.0} dB");
    }

    [Theory]
    [InlineData("water ripples on the lake")]
    [InlineData("clouds drift")]
    public async Task Effects_that_need_a_place_do_nothing_without_one(string prompt)
    {
        var image = await Photo.LoadAsync("cat");
        using var clip = Clips.Create(Clips.Brief(image, "static camera, " + prompt, 1));

        Assert.True(Psnr.Of(Clips.Frame(clip, Photo.Small, 0).Y, Clips.Frame(clip, Photo.Small, 20).Y) > 38);
    }

    [Theory]
    [InlineData("snow, fog, light shifts, film grain")]
    [InlineData("embers, god rays, flickering fire")]
    public async Task Effects_never_depend_on_threads_or_order(string prompt)
    {
        var image = await Photo.LoadAsync("rocket");
        var brief = Clips.Brief(image, prompt, 0.5);
        using var one = Clips.Create(brief, threads: 1);
        using var two = Clips.Create(brief, threads: 2);

        for (var i = two.FrameCount - 1; i >= 0; i--)
            Assert.Equal(Clips.Frame(one, Photo.Small, i).Data, Clips.Frame(two, Photo.Small, i).Data);
    }

    [Fact]
    public async Task Light_never_flickers_except_on_purpose()
    {
        var image = await Photo.LoadAsync("coffee");
        using var clip = Clips.Create(Clips.Brief(image, "static camera, fog, light shifts", 2));
        var means = Clips.Render(clip, Photo.Small).ConvertAll(frame => frame.Y.ToArray().Average(luma => (double)luma));

        for (var i = 8; i < means.Count; i++)
            Assert.True(Math.Abs(means[i] - 2 * means[i - 1] + means[i - 2]) < 0.5, $"frame {i}");
    }

    [Fact]
    public void No_two_effects_share_a_name() => Assert.Equal(EffectCatalog.All.Count, EffectCatalog.All.Select(effect => effect.Name).Distinct().Count());
}
