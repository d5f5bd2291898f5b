using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Tests.Effects;

/// <summary>What prompts set in motion besides the camera.</summary>
public sealed class EffectReaderTests
{
    private static readonly PictureReading Picture = PictureReading.Of(Clips.Blobs(64, 64), 1);

    [Theory]
    [InlineData("Camera slowly orbits around the vase. Soft light shifts across the ceramic surface. The pampas grass sways gently. Shadows move elegantly. Smooth continuous motion, premium feel.", "sway, light")]
    [InlineData("He sways gently into the note, cheeks pressing, sweat glistening, smoke drifting through the warm light. The camera eases in slowly. Photorealistic, soulful, moody.", "breathe, fog, stars, light, vignette")]
    [InlineData("leaves rustle in the breeze", "sway")]
    [InlineData("her hair is blowing", "sway")]
    [InlineData("the flag flutters", "sway")]
    [InlineData("she breathes softly", "breathe")]
    [InlineData("ripples on the lake", "ripple")]
    [InlineData("the sea at noon", "ripple")]
    [InlineData("clouds drift by", "clouds")]
    [InlineData("a time-lapse of the sky", "clouds")]
    [InlineData("a tall waterfall", "stream")]
    [InlineData("it is raining", "rain")]
    [InlineData("snow falls on the village", "snow")]
    [InlineData("a foggy morning", "fog")]
    [InlineData("steam rises from the cup", "fog")]
    [InlineData("dust particles float in the room", "dust")]
    [InlineData("embers rise from the ground", "embers")]
    [InlineData("sparks fly", "sparks")]
    [InlineData("autumn leaves falling", "leaves")]
    [InlineData("cherry blossom petals everywhere", "petals")]
    [InlineData("confetti", "confetti")]
    [InlineData("fireflies glow", "fireflies")]
    [InlineData("soap bubbles", "bubbles")]
    [InlineData("the stars twinkle", "stars")]
    [InlineData("god rays through the window", "rays")]
    [InlineData("candlelight flickers", "flicker")]
    [InlineData("a lightning storm", "lightning")]
    [InlineData("the sun sets", "daylight")]
    [InlineData("black and white", "monochrome")]
    [InlineData("vintage look", "vintage")]
    [InlineData("film grain and a vignette", "vignette, grain")]
    [InlineData("heavy snow and thick fog", "fog, snow")]
    [InlineData("a red car", "")]
    [InlineData("no rain", "")]
    [InlineData("snow, but no fog", "snow")]
    [InlineData("without wind or rain", "")]
    [InlineData("树叶随风摇曳", "sway")]
    [InlineData("水面泛起涟漪", "ripple")]
    [InlineData("下雨了", "rain")]
    [InlineData("樱花飘落", "petals")]
    [InlineData("白云飘过", "clouds")]
    [InlineData("烛光闪烁", "flicker")]
    [InlineData("雪花飞舞，薄雾弥漫", "fog, snow")]
    [InlineData("黑白老电影", "monochrome, vintage")]
    [InlineData("不要下雨", "")]
    [InlineData("夕阳西下", "daylight")]
    [InlineData("萤火虫在夜里飞舞", "fireflies")]
    public void A_prompt_sets_in_motion_what_it_names(string prompt, string expected) => Assert.Equal(expected, Names(prompt));

    [Fact]
    public void A_locked_camera_gets_moving_light_if_nothing_else_lives() => Assert.Equal("light", Names("static camera"));

    [Fact]
    public void A_locked_camera_with_something_alive_needs_no_more() => Assert.Equal("snow", Names("static camera, snow"));

    [Theory]
    [InlineData("light rain", 0.7)]
    [InlineData("rain", 1)]
    [InlineData("heavy rain", 1.8)]
    public void Words_of_strength_scale_it(string prompt, double strength) => Assert.Equal(strength, Read(prompt)[0].Strength, 2);

    [Fact]
    public void The_negative_prompt_forbids()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "snow and fog", 5) with { NegativePrompt = "fog" };

        Assert.Equal(["snow"], Director.Plan(brief, Picture).Shots[0].Effects.Select(effect => effect.Effect));
    }

    private static string Names(string prompt) => string.Join(", ", Read(prompt).Select(effect => effect.Effect));

    private static IReadOnlyList<EffectPlan> Read(string prompt) => Director.Plan(Clips.Brief(Clips.Blobs(64, 64), prompt, 5), Picture).Shots[0].Effects;
}
