using System.Text.Json.Nodes;
using Kinora.Server.Endpoints.Fields;

namespace Kinora.Server.Endpoints;

/// <summary>
/// One model endpoint, said once: identity, price, capabilities and the fields of its input. Validation, defaults and documents derive from it.
/// </summary>
public sealed class ModelEndpoint
{
    /// <summary>The full id, for example <c>fal-ai/kling-video/v3/standard/image-to-video</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name for people.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences for people: what it makes of what.</summary>
    public required string Description { get; init; }

    /// <summary>What kind of model it is, in the hosted service's words. Default <c>image-to-video</c>.</summary>
    public string Category { get; init; } = "image-to-video";

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Since when Kinora has it. Default: the day the first release was made.</summary>
    public DateOnly Added { get; init; } = new(2026, 11, 21);

    /// <summary>What the hosted service charges for it.</summary>
    public required EndpointPrice Price { get; init; }

    /// <summary>How large its clips are. Default 720p.</summary>
    public ResolutionClass Resolution { get; init; } = ResolutionClass.P720;

    /// <summary>The file name of its output, for example <c>out.mp4</c>.</summary>
    public required string OutputFileName { get; init; }

    /// <summary>The fields of its input in order, the rules between them, and what they mean.</summary>
    public required ObjectField<ClipRequest> Input { get; init; }

    /// <summary>The stem of its schemas' names: <see cref="Input"/>'s without its ending <c>Input</c>.</summary>
    public string SchemaName => Input.Name[..^"Input".Length];

    /// <summary>What it can do, in the order of the fields that make it so.</summary>
    public IReadOnlyList<string> Capabilities => [.. Input.Fields.Select(input => input.Capability).OfType<string>().Distinct()];

    /// <summary>The smallest acceptable input: the first example of every required field.</summary>
    public JsonObject RequiredExample => Input.ShowExample(input => input.IsRequired);

    /// <summary>The documented input: the first example or else the default of every field that has either.</summary>
    public JsonObject FullExample => Input.ShowExample(input => input.Examples.Count > 0 || input.DefaultJson is not null);

    /// <summary>Checks a request body against the input's fields and rules: everything that can be known without fetching anything.</summary>
    /// <param name="body">The parsed body; null stands for JSON <c>null</c>.</param>
    /// <returns>The typed input with defaults filled in, or every violation.</returns>
    public InputValidation Validate(JsonNode? body)
    {
        var violations = new List<Violation>();
        if (body is null)
        {
            // FastAPI takes a null body for one that was not sent at all.
            return new InputValidation.Refused([Violations.Missing(["body"], owner: null)]);
        }

        return Input.TryRead(body, ["body"], violations, out var request)
            ? new InputValidation.Accepted(request!)
            : new InputValidation.Refused(violations);
    }
}
