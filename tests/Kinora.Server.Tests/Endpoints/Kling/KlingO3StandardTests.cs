using System.Text.Json.Nodes;
using static Kinora.Server.Tests.Endpoints.Kling.InputTable;

namespace Kinora.Server.Tests.Endpoints.Kling;

public sealed class KlingO3StandardTests
{
    private const string Image = "https://v3b.fal.media/files/b/0a8cfd5a/8ABMp4n9rh3kfD2Rq8fHd_start_frame.png";

    private const string DocumentedExample =
        $$"""
        {
          "prompt": "The character walks forward slowly, with the camera following from behind.",
          "image_url": "{{Image}}",
          "end_image_url": "https://v3b.fal.media/files/b/0a8d0248/S415GcxackjjLKom6f3jq_VTImWrNO.png",
          "duration": "10",
          "generate_audio": false,
          "multi_prompt": null,
          "shot_type": "customize"
        }
        """;

    [Fact]
    public void The_documented_example_means_what_it_says()
    {
        var request = Accept(O3, DocumentedExample);

        var shot = Assert.Single(request.Shots);
        Assert.StartsWith("The character walks forward slowly", shot.Prompt);
        Assert.Equal(TimeSpan.FromSeconds(10), shot.Duration);
        Assert.Equal(Image, request.StartImage.Url);
        Assert.EndsWith("_VTImWrNO.png", request.EndImage!.Url);
        Assert.False(request.GenerateAudio);
        Assert.Equal("output.mp4", request.OutputFileName);
        Assert.Equal(0.084m, request.UnitPrice);
    }

    [Fact]
    public void The_definition_shows_the_documented_examples()
    {
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(DocumentedExample), Find(O3).FullExample));
        Assert.Equal(new JsonObject { ["image_url"] = Image }.ToJsonString(), Find(O3).RequiredExample.ToJsonString());
    }

    [Fact]
    public void A_picture_alone_is_enough_as_in_the_documented_call()
    {
        var request = Accept(O3, $$"""{"image_url":"{{Image}}"}""");

        Assert.Equal("", Assert.Single(request.Shots).Prompt);
        Assert.False(request.GenerateAudio);
    }

    [Fact]
    public void Sound_costs_more() =>
        Assert.Equal(0.112m, Accept(O3, With(O3, "generate_audio", "true").ToJsonString()).UnitPrice);
}
