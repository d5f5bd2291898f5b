using Kinora.Client.Contracts;
using Kinora.Server.Endpoints.Kling;
using static Kinora.Server.Tests.Endpoints.Kling.InputTable;

namespace Kinora.Server.Tests.Endpoints.Kling;

/// <summary>The client's typed inputs say what the endpoints' definitions say.</summary>
public sealed class TypedInputTests
{
    private const string Url = "https://example.org/a.png";

    private static readonly IReadOnlyList<KlingShot> s_storyboard = [new() { Prompt = "a", Duration = 1 }, new() { Prompt = "b" }];

    public static TheoryData<string, Type> Pairs() => new()
    {
        { V3, typeof(KlingV3StandardInput) },
        { Turbo, typeof(KlingV3TurboStandardInput) },
        { O3, typeof(KlingO3StandardInput) },
        { V3Pro, typeof(KlingV3ProInput) },
        { V34K, typeof(KlingV34KInput) },
        { TurboPro, typeof(KlingV3TurboProInput) },
        { O3Pro, typeof(KlingO3ProInput) },
        { O34K, typeof(KlingO34KInput) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void They_have_the_same_fields_and_require_the_same(string endpoint, Type input)
    {
        var properties = WireJson.Plain.GetTypeInfo(input)!.Properties.Where(property => property.Get is not null).ToList();
        var fields = Find(endpoint).Input.Fields;

        Assert.Equal(fields.Select(field => field.Name).Order(), properties.Select(property => property.Name).Order());
        Assert.Equal(fields.Where(field => field.IsRequired).Select(field => field.Name).Order(), properties.Where(property => property.IsRequired).Select(property => property.Name).Order());
    }

    [Fact]
    public void Every_endpoint_has_a_typed_input_that_names_it()
    {
        ModelInput[] inputs =
        [
            new KlingV3StandardInput { StartImageUrl = Url }, new KlingV3TurboStandardInput { ImageUrl = Url }, new KlingO3StandardInput { ImageUrl = Url },
            new KlingV3ProInput { StartImageUrl = Url }, new KlingV34KInput { StartImageUrl = Url }, new KlingV3TurboProInput { ImageUrl = Url },
            new KlingO3ProInput { ImageUrl = Url }, new KlingO34KInput { ImageUrl = Url },
        ];

        Assert.Equal(KlingEndpoints.All.Select(endpoint => endpoint.Id), inputs.Select(input => input.EndpointId));
        Assert.All(inputs, input => Assert.Equal(Url, (string?)Assert.Single(input.ToJson()).Value));
    }

    [Fact]
    public void An_input_for_v3_standard_with_everything_arrives_whole()
    {
        var input = new KlingV3StandardInput
        {
            MultiPrompt = s_storyboard,
            StartImageUrl = Url,
            Duration = 12,
            GenerateAudio = false,
            EndImageUrl = Url,
            Elements = [new KlingElement { FrontalImageUrl = Url, ReferenceImageUrls = [Url], VoiceId = "v" }, new KlingElement { VideoUrl = Url }],
            ShotType = "intelligent",
            NegativePrompt = "rain",
            CfgScale = 0.25,
            Seed = 7,
        };

        var request = Accept(input.EndpointId, input.ToJson().ToJsonString());
        Assert.Equal([("a", 1), ("b", 5)], request.Shots.Select(shot => (shot.Prompt, (int)shot.Duration.TotalSeconds)));
        Assert.Equal((false, "rain", 0.25, 7L), (request.GenerateAudio, request.NegativePrompt, request.CfgScale, request.Seed));
        Assert.Equal((1, true), (request.Elements[0].ReferenceImages.Count, request.Elements[1].Video is not null));
        Assert.NotNull(request.EndImage);
    }

    [Fact]
    public void An_input_for_turbo_arrives_whole()
    {
        var input = new KlingV3TurboStandardInput { Prompt = "Go", ImageUrl = Url, Duration = 15, Seed = 0 };

        var request = Accept(input.EndpointId, input.ToJson().ToJsonString());
        Assert.Equal(("Go", 15, 0L), (request.Shots[0].Prompt, (int)request.Shots[0].Duration.TotalSeconds, request.Seed));
    }

    [Fact]
    public void An_input_for_o3_standard_arrives_whole()
    {
        var input = new KlingO3StandardInput { ImageUrl = Url, EndImageUrl = Url, GenerateAudio = true, MultiPrompt = s_storyboard, ShotType = "customize" };

        var request = Accept(input.EndpointId, input.ToJson().ToJsonString());
        Assert.Equal((2, true), (request.Shots.Count, request.GenerateAudio));
        Assert.NotNull(request.EndImage);
    }
}
