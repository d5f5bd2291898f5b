using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Tests.Sound;

public sealed class SoundReaderTests
{
    private static readonly PictureReading Picture = PictureReading.Of(Clips.Blobs(64, 64), 1);

    [Theory]
    [InlineData("heavy rain over the city at night", "rain, city, night")]
    [InlineData("waves roll onto the beach", "waves")]
    [InlineData("a waterfall in the forest", "stream, birds")]
    [InlineData("a campfire under the stars", "fire")]
    [InlineData("a crowded market, no music", "crowd")]
    [InlineData("the astronaut floats in space", "space")]
    [InlineData("soft piano music", "music")]
    [InlineData("an old machine in a factory", "machine")]
    [InlineData("下雨的城市", "rain, city")]
    [InlineData("海浪拍打沙滩", "waves")]
    [InlineData("", "room")]
    [InlineData("complete silence", "")]
    [InlineData("no rain, just wind", "wind")]
    public void The_words_choose_the_ambience(string prompt, string beds)
    {
        var plan = Plan(prompt);

        Assert.Equal(beds, string.Join(", ", plan.Beds.Select(bed => bed.Bed)));
    }

    [Theory]
    [InlineData("she walks along the river", "footsteps")]
    [InlineData("lightning strikes", "thunder")]
    [InlineData("whip pan left", "whoosh")]
    [InlineData("a church bell rings", "bell")]
    [InlineData("paparazzi take her picture", "shutter")]
    [InlineData("an explosion in the distance", "impact")]
    [InlineData("敲钟", "bell")]
    [InlineData("a meadow", "")]
    public void The_words_and_the_camera_make_events(string prompt, string events) => Assert.Equal(events, string.Join(", ", Plan(prompt).Events.Select(item => item.Event)));

    [Fact]
    public void The_negative_prompt_mutes()
    {
        var brief = Clips.Brief(Clips.Blobs(64, 64), "rain and wind", 5) with { GenerateAudio = true, NegativePrompt = "rain" };

        Assert.Equal(["wind"], Director.Plan(brief, Picture).Sound!.Beds.Select(bed => bed.Bed));
    }

    private static SoundPlan Plan(string prompt) => Director.Plan(Clips.Brief(Clips.Blobs(64, 64), prompt, 5) with { GenerateAudio = true }, Picture).Sound!;
}
