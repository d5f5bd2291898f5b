using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Tests.Effects;

/// <summary>What prompts set in motion besides the camera.</summary>
public sealed class EffectReaderTests
{
    private static readonly PictureReading s_picture = PictureReading.Of(Clips.Blobs(64, 64), 1);

    [Theory]
    [InlineData("Camera slowly orbits around the vase. Soft light shifts across the ceramic surface. The pampas grass sways gently. Shadows move elegantly. Smooth continuous motion, premium feel.", "sway, light")]
    [InlineData("He sways gently into the note, cheeks pressing, sweat glistening, smoke drifting through the warm light. The camera eases in slowly. Photorealistic, soulful, moody.", "breathe, fog, light, stars, vignette")]
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
    [InlineData("steam rises from the cup", "steam")]
    [InlineData("smoke rises from the chimney", "steam")]
    [InlineData("wisps of smoke curl upward", "steam")]
    [InlineData("smoke fills the room", "fog")]
    [InlineData("a dreamy glow", "bloom")]
    [InlineData("everything glows softly", "bloom")]
    [InlineData("shallow depth of field", "focus")]
    [InlineData("bokeh lights behind her", "focus")]
    [InlineData("rack focus to the background", "focus")]
    [InlineData("fade to black", "fade")]
    [InlineData("autumn leaves fall, then the picture fades to white", "leaves, fade")]
    [InlineData("Rain hammers the roof while thunder and lightning crack", "rain, lightning")]
    [InlineData("a blizzard", "snow")]
    [InlineData("mist over the lake", "ripple, fog")]
    [InlineData("the sun rises over the sea", "ripple, daylight")]
    [InlineData("day turns to night", "daylight")]
    [InlineData("neon signs flicker in the rain", "rain, flicker")]
    // What shines by itself comes after what darkens.
    [InlineData("day turns to night, fireflies appear", "daylight, fireflies")]
    [InlineData("a campfire crackles, embers drift up", "flicker, embers")]
    [InlineData("never any snow", "")]
    [InlineData("not a single raindrop, just fog", "fog")]
    [InlineData("don't add film grain", "")]
    [InlineData("热气从杯中升起", "steam")]
    [InlineData("浅景深，背景虚化", "focus")]
    [InlineData("画面淡出", "fade")]
    [InlineData("梦幻的柔光", "bloom")]
    [InlineData("浓雾中，树枝随风摆动", "sway, fog")]
    [InlineData("没有雪，只有雾", "fog")]
    [InlineData("气泡缓缓上升", "bubbles")]
    [InlineData("落叶飘零", "leaves")]
    [InlineData("火花四溅", "sparks")]
    [InlineData("瀑布奔流", "stream")]
    [InlineData("闪电划过夜空", "lightning")]
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

        Assert.Equal(["snow"], Director.Plan(brief, s_picture).Shots[0].Effects.Select(effect => effect.Effect));
    }

    [Theory]
    [InlineData("blur, distort, and low quality", "focus, rain, grain")]
    [InlineData("blurry background", "rain, grain")]
    [InlineData("blur", "rain, grain")]
    [InlineData("noise", "focus, rain")]
    [InlineData("low quality, ugly, extra limbs, watermark, text", "focus, rain, grain")]
    [InlineData("rain, film grain, shallow depth of field", "")]
    [InlineData("噪点，模糊", "rain")]
    public void A_negative_prompt_forbids_things_and_faults_but_its_default_nothing(string negative, string expected)
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "shallow depth of field, rain, film grain", 5) with { NegativePrompt = negative };

        Assert.Equal(expected, string.Join(", ", Director.Plan(brief, s_picture).Shots[0].Effects.Select(effect => effect.Effect)));
    }

    [Theory]
    [InlineData("wide shot, rain", "close-up of her face", "rain")]
    [InlineData("wide shot, rain", "the rain stops, close-up", "")]
    [InlineData("snow falls", "medium shot, fog", "fog")]
    [InlineData("black and white, snow", "in color, close-up", "snow")]
    [InlineData("vintage look", "push in", "vintage")]
    [InlineData("fireflies, the sun sets", "push in", "fireflies")]
    [InlineData("rain", "no rain, push in", "")]
    public void The_weather_and_the_look_go_on_over_a_cut_until_words_end_them(string first, string second, string expected)
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), first, 3) with { Shots = [new Shot(first, TimeSpan.FromSeconds(3)), new Shot(second, TimeSpan.FromSeconds(3))] };

        Assert.Equal(expected, string.Join(", ", Director.Plan(brief, s_picture).Shots[1].Effects.Select(effect => effect.Effect)));
    }

    [Theory]
    [InlineData("waves in slow motion", 0.4)]
    [InlineData("super slow motion of confetti", 0.2)]
    [InlineData("bullet time, orbit left", 0.02)]
    [InlineData("a time-lapse of clouds", 2.5)]
    [InlineData("hyperlapse through the city", 2.5)]
    [InlineData("the crowd sped up", 1.8)]
    [InlineData("慢动作，水花飞溅", 0.4)]
    [InlineData("延时摄影，云海翻腾", 2.5)]
    [InlineData("no slow motion", null)]
    [InlineData("slowly push in", null)]
    [InlineData("不要慢动作", null)]
    public void Words_of_time_set_the_tempo_of_everything_but_the_camera(string prompt, double? factor) =>
        Assert.Equal(factor, Director.Plan(Clips.Brief(Clips.Blobs(64, 64), prompt, 5), s_picture).Shots[0].Tempo?.Factor);

    private static string Names(string prompt) => string.Join(", ", Read(prompt).Select(effect => effect.Effect));

    private static IReadOnlyList<EffectPlan> Read(string prompt) => Director.Plan(Clips.Brief(Clips.Blobs(64, 64), prompt, 5), s_picture).Shots[0].Effects;
}
