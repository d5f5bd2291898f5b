using Kinora.Client.Contracts;

namespace Kinora.Client.Tests.Contracts;

public sealed class ModelInputTests
{
    [Fact]
    public void Only_what_was_said_is_sent() =>
        Assert.Equal("""{"image_url":"https://e.org/a.png"}""", new KlingV3TurboStandardInput { ImageUrl = "https://e.org/a.png" }.ToJson().ToJsonString());

    [Fact]
    public void Everything_is_sent_in_the_wires_own_form() => Assert.Equal(
        """
        {"start_image_url":"s","generate_audio":false,"end_image_url":"e",
        "elements":[{"frontal_image_url":"f","reference_image_urls":["r"],"voice_id":"v"},{"video_url":"m"}],
        "shot_type":"intelligent","negative_prompt":"n","cfg_scale":0.25,
        "multi_prompt":[{"prompt":"a","duration":"3"},{"prompt":"b"}],"duration":"12","seed":9223372036854775807}
        """.ReplaceLineEndings(""),
        new KlingV3StandardInput
        {
            MultiPrompt = [new KlingShot { Prompt = "a", Duration = 3 }, new KlingShot { Prompt = "b" }],
            StartImageUrl = "s",
            Duration = 12,
            GenerateAudio = false,
            EndImageUrl = "e",
            Elements = [new KlingElement { FrontalImageUrl = "f", ReferenceImageUrls = ["r"], VoiceId = "v" }, new KlingElement { VideoUrl = "m" }],
            ShotType = "intelligent",
            NegativePrompt = "n",
            CfgScale = 0.25,
            Seed = long.MaxValue,
        }.ToJson().ToJsonString());
}
