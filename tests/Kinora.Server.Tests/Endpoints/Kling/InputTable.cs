using System.Text.Json.Nodes;
using Kinora.Server.Endpoints;
using Kinora.Server.Endpoints.Kling;

namespace Kinora.Server.Tests.Endpoints.Kling;

/// <summary>Lets a row of a table say what it sends and what is answered, and nothing else.</summary>
internal static class InputTable
{
    public const string V3 = "fal-ai/kling-video/v3/standard/image-to-video";
    public const string Turbo = "fal-ai/kling-video/v3/turbo/standard/image-to-video";
    public const string O3 = "fal-ai/kling-video/o3/standard/image-to-video";
    public const string V3Pro = "fal-ai/kling-video/v3/pro/image-to-video";
    public const string V34K = "fal-ai/kling-video/v3/4k/image-to-video";
    public const string TurboPro = "fal-ai/kling-video/v3/turbo/pro/image-to-video";
    public const string O3Pro = "fal-ai/kling-video/o3/pro/image-to-video";
    public const string O34K = "fal-ai/kling-video/o3/4k/image-to-video";

    private static readonly EndpointCatalog s_catalog = new(KlingEndpoints.All);

    public static ModelEndpoint Find(string id) => s_catalog.TryFind(id, out var endpoint) ? endpoint : throw new ArgumentException($"No endpoint {id}");

    public static ClipRequest Accept(string id, string body) =>
        Assert.IsType<InputValidation.Accepted>(Validate(id, JsonNode.Parse(body))).Request;

    public static IReadOnlyList<Violation> Refuse(string id, string body) => Refuse(id, JsonNode.Parse(body));

    public static IReadOnlyList<Violation> Refuse(string id, JsonNode? body) =>
        Assert.IsType<InputValidation.Refused>(Validate(id, body)).Violations;

    public static InputValidation Validate(string id, JsonNode? body) => Find(id).Validate(body);

    /// <summary>The smallest acceptable input with one field set to something else.</summary>
    public static JsonObject With(string id, string field, string json)
    {
        var body = Find(id).RequiredExample;
        if (id == V3)
        {
            body["prompt"] = "A pan to the left";
        }

        body[field] = JsonNode.Parse(json);
        return body;
    }

    /// <summary>A storyboard with shots of these lengths.</summary>
    public static string Shots(params int[] seconds) =>
        new JsonArray([.. seconds.Select(length => new JsonObject { ["prompt"] = $"Shot of {length} s", ["duration"] = $"{length}" })]).ToJsonString();

    /// <summary>A violation in one line: where, which type and what it says.</summary>
    public static string Tell(Violation violation) => $"{string.Join('.', violation.Location)} {violation.Type}: {violation.Message}";
}
