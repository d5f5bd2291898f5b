using System.Text.Json.Nodes;
using static Kinora.Server.Tests.Endpoints.Kling.InputTable;

namespace Kinora.Server.Tests.Endpoints.Kling;

public sealed class KlingV3StandardTests
{
    private const string DocumentedExample =
        """
        {
          "prompt": "Camera slowly orbits around the vase. Soft light shifts across the ceramic surface. The pampas grass sways gently. Shadows move elegantly. Smooth continuous motion, premium feel.",
          "multi_prompt": null,
          "start_image_url": "https://storage.googleapis.com/falserverless/example_inputs/kling-v3/standard-i2v/start_image.png",
          "duration": "12",
          "generate_audio": true,
          "elements": [
            {
              "frontal_image_url": "https://v3b.fal.media/files/b/0a8cfd5f/-kZL-ha3Iuelku5IHXC-A_glasses.png",
              "reference_image_urls": ["https://v3b.fal.media/files/b/0a8cfd62/psPCmzrD1y9vDgdyNfKAL_glasses_back.png"]
            },
            { "video_url": "https://v3b.fal.media/files/b/0a8cfd66/b03SOiQvKLlFx_jqdNZ9z_child_video.mp4" }
          ],
          "shot_type": "customize",
          "negative_prompt": "blur, distort, and low quality",
          "cfg_scale": 0.5
        }
        """;

    [Fact]
    public void The_documented_example_means_what_it_says()
    {
        var request = Accept(V3, DocumentedExample);

        var shot = Assert.Single(request.Shots);
        Assert.StartsWith("Camera slowly orbits around the vase.", shot.Prompt);
        Assert.Equal(TimeSpan.FromSeconds(12), shot.Duration);
        Assert.Equal("https://storage.googleapis.com/falserverless/example_inputs/kling-v3/standard-i2v/start_image.png", request.StartImage.Url);
        Assert.Equal(["body", "start_image_url"], request.StartImage.Location);
        Assert.Equal(10_485_760, request.StartImage.Limits.MaxBytes);
        Assert.Null(request.EndImage);
        Assert.True(request.GenerateAudio);
        Assert.Equal("blur, distort, and low quality", request.NegativePrompt);
        Assert.Equal(0.5, request.CfgScale);
        Assert.False(request.DirectorMayCut);
        Assert.Null(request.Seed);
        Assert.Equal("out.mp4", request.OutputFileName);
        Assert.Equal(0.126m, request.UnitPrice);
    }

    [Fact]
    public void The_documented_example_has_an_image_set_and_a_video_as_elements()
    {
        var elements = Accept(V3, DocumentedExample).Elements;

        Assert.Equal(2, elements.Count);
        Assert.EndsWith("_glasses.png", elements[0].FrontalImage!.Url);
        Assert.Equal(["body", "elements", 0, "reference_image_urls", 0], Assert.Single(elements[0].ReferenceImages).Location);
        Assert.Null(elements[0].Video);
        Assert.Equal(["body", "elements", 1, "video_url"], elements[1].Video!.Location);
        Assert.Equal(TimeSpan.FromSeconds(10.05), elements[1].Video!.Limits.MaxDuration);
    }

    [Fact]
    public void The_definition_shows_the_documented_example() =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(DocumentedExample), Find(V3).FullExample));

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        var request = Accept(V3, """{"prompt":"Go","start_image_url":"https://example.org/a.png"}""");

        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(request.Shots).Duration);
        Assert.True(request.GenerateAudio);
        Assert.Equal("blur, distort, and low quality", request.NegativePrompt);
        Assert.Equal(0.5, request.CfgScale);
        Assert.Empty(request.Elements);
    }

    [Theory]
    [InlineData("""{"start_image_url":"https://example.org/a.png"}""")]
    [InlineData("""{"start_image_url":"https://example.org/a.png","prompt":null,"multi_prompt":null}""")]
    [InlineData("""{"start_image_url":"https://example.org/a.png","prompt":"  "}""")]
    public void A_prompt_or_a_storyboard_is_needed(string body) =>
        Assert.Equal(["body value_error: Value error, Either prompt or multi_prompt must be provided, but not both"], Refuse(V3, body).Select(Tell));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_in_the_order_of_the_fields() => Assert.Equal(
        [
            "body.multi_prompt.1.prompt missing",
            "body.start_image_url missing",
            "body.duration literal_error",
            "body.generate_audio bool_parsing",
            "body.elements.0 value_error",
            "body.cfg_scale less_than_equal",
        ],
        Refuse(V3, """{"cfg_scale":2,"elements":[{}],"generate_audio":"loud","duration":"2","multi_prompt":[{"prompt":"a"},{}]}""")
            .Select(violation => $"{string.Join('.', violation.Location)} {violation.Type}"));

    [Fact]
    public void A_rule_is_checked_although_other_fields_are_wrong() => Assert.Equal(
        ["body.start_image_url missing", "body value_error", "body.multi_prompt value_error"],
        Refuse(V3, $$"""{"prompt":"Go","multi_prompt":{{Shots(9, 9)}}}""").Select(violation => $"{string.Join('.', violation.Location)} {violation.Type}"));

    [Theory]
    [InlineData("[{}]", "body.elements.0 value_error: Value error, An element needs a frontal image with reference images, or a video")]
    [InlineData("""[{"frontal_image_url":"https://e.org/a.png"}]""", "body.elements.0 value_error: Value error, At least one reference image is required with a frontal image")]
    [InlineData("""[{"frontal_image_url":"https://e.org/a.png","reference_image_urls":[]}]""", "body.elements.0 value_error: Value error, At least one reference image is required with a frontal image")]
    [InlineData("""[{"reference_image_urls":["https://e.org/a.png"]}]""", "body.elements.0 value_error: Value error, A frontal image is required with reference images")]
    [InlineData("""[{"frontal_image_url":"https://e.org/a.png","reference_image_urls":["https://e.org/b.png"],"video_url":"https://e.org/c.mp4"}]""", "body.elements.0 value_error: Value error, An element is either an image set or a video, but not both")]
    [InlineData("""[{"frontal_image_url":"https://e.org/a.png","reference_image_urls":["1","2","3","4"]}]""", "body.elements.0.reference_image_urls sequence_too_long: List should have at most 3 items, not 4")]
    [InlineData("""[{"frontal_image_url":"https://e.org/a.png","reference_image_urls":["https://e.org/b.png","b.png"]}]""", "body.elements.0.reference_image_urls.1 file_download_error: Failed to download the file. Expected an http or https URL or a data URI.")]
    [InlineData("""[{"video_url":7}]""", "body.elements.0.video_url string_type: Input should be a valid string")]
    [InlineData("""[{"video_url":"https://e.org/c.mp4","voice_id":7}]""", "body.elements.0.voice_id string_type: Input should be a valid string")]
    [InlineData("""[{"video_url":"https://e.org/c.mp4"},{"video_url":"https://e.org/d.mp4"}]""", "body.elements value_error: Value error, Only one element may have a video")]
    [InlineData("[1]", "body.elements.0 model_attributes_type: Input should be a valid dictionary or object to extract fields from")]
    [InlineData("[1,2,3,4]", "body.elements sequence_too_long: List should have at most 3 items, not 4")]
    public void An_element_is_an_image_set_or_a_video(string elements, string expected) =>
        Assert.Equal([expected], Refuse(V3, With(V3, "elements", elements)).Select(Tell));

    [Theory]
    [InlineData("true", "true", 0.154)]
    [InlineData("true", "false", 0.126)]
    [InlineData("false", "true", 0.084)]
    [InlineData("false", "false", 0.084)]
    public void The_price_depends_on_sound_and_own_voices(string audio, string hasVoice, double expected)
    {
        var body = With(V3, "elements", $$"""[{"video_url":"https://e.org/c.mp4","voice_id":{{(hasVoice == "true" ? "\"v1\"" : "null")}}}]""");
        body["generate_audio"] = JsonNode.Parse(audio);

        Assert.Equal((decimal)expected, Accept(V3, body.ToJsonString()).UnitPrice);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("\"yes\"", true)]
    [InlineData("\"FALSE\"", false)]
    [InlineData("0.0", false)]
    public void Sound_is_switched_by_every_word_that_the_hosted_service_takes(string value, bool expected) =>
        Assert.Equal(expected, Accept(V3, With(V3, "generate_audio", value).ToJsonString()).GenerateAudio);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("1e-3", 0.001)]
    [InlineData("\" 0.25 \"", 0.25)]
    public void Guidance_may_be_spelled_as_any_number(string value, double expected) =>
        Assert.Equal(expected, Accept(V3, With(V3, "cfg_scale", value).ToJsonString()).CfgScale);

    [Fact]
    public void An_intelligent_shot_type_lets_the_engine_cut_a_single_prompt() =>
        Assert.True(Accept(V3, With(V3, "shot_type", "\"intelligent\"").ToJsonString()).DirectorMayCut);

    [Fact]
    public void A_prompt_is_measured_in_characters_and_not_in_code_units() =>
        Assert.NotNull(Accept(V3, With(V3, "prompt", $"\"{string.Concat(Enumerable.Repeat("😀", 2500))}\"").ToJsonString()));

    [Fact]
    public void The_end_image_is_passed_on_with_its_own_place() =>
        Assert.Equal(["body", "end_image_url"], Accept(V3, With(V3, "end_image_url", "\"data:image/png;base64,AAAA\"").ToJsonString()).EndImage!.Location);
}
