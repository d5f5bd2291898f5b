using System.Text.Json.Nodes;
using static Kinora.Server.Tests.Endpoints.Kling.InputTable;

namespace Kinora.Server.Tests.Endpoints.Kling;

public sealed class KlingV3TurboStandardTests
{
    private const string Image = "https://v3b.fal.media/files/b/0a9ea079/Y8Pn9lNLLpGQtECV5LgX3_d6533d99ec5f45d88923f8e2bc41ad8d.png";

    private const string DocumentedExample =
        $$"""
        {
          "prompt": "He sways gently into the note, cheeks pressing, sweat glistening, smoke drifting through the warm light. The camera eases in slowly. Photorealistic, soulful, moody.",
          "multi_prompt": null,
          "image_url": "{{Image}}",
          "duration": "5"
        }
        """;

    [Fact]
    public void The_documented_example_means_what_it_says()
    {
        var request = Accept(Turbo, DocumentedExample);

        var shot = Assert.Single(request.Shots);
        Assert.StartsWith("He sways gently into the note", shot.Prompt);
        Assert.Equal(TimeSpan.FromSeconds(5), shot.Duration);
        Assert.Equal(Image, request.StartImage.Url);
        Assert.Equal(["body", "image_url"], request.StartImage.Location);
        Assert.Equal(52_428_800, request.StartImage.Limits.MaxBytes);
        Assert.Null(request.EndImage);
        Assert.Null(request.NegativePrompt);
        Assert.Equal("output.mp4", request.OutputFileName);
        Assert.Equal(0.112m, request.UnitPrice);
    }

    [Fact]
    public void The_definition_shows_the_documented_examples()
    {
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(DocumentedExample), Find(Turbo).FullExample));
        Assert.Equal(new JsonObject { ["image_url"] = Image }.ToJsonString(), Find(Turbo).RequiredExample.ToJsonString());
    }

    [Fact]
    public void A_picture_alone_is_enough() =>
        Assert.Equal("", Assert.Single(Accept(Turbo, $$"""{"image_url":"{{Image}}"}""").Shots).Prompt);

    [Fact]
    public void There_is_always_sound_even_where_a_caller_says_otherwise() =>
        Assert.True(Accept(Turbo, With(Turbo, "generate_audio", "false").ToJsonString()).GenerateAudio);
}
