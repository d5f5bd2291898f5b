using System.Text.Json.Nodes;

namespace Kinora.Server.Endpoints;

/// <summary>
/// One model endpoint, said once: identity, price, capabilities and the fields of its input. Validation, defaults and documents derive from it.
/// </summary>
public abstract class ModelEndpoint
{
    /// <summary>The full id, for example <c>fal-ai/kling-video/v3/standard/image-to-video</c>.</summary>
    public abstract string Id { get; }

    /// <summary>Checks a request body against the input's fields and rules: everything that can be known without fetching anything.</summary>
    /// <param name="body">The parsed body; null stands for JSON <c>null</c>.</param>
    /// <returns>The typed input with defaults filled in, or every violation.</returns>
    public abstract InputValidation Validate(JsonNode? body);
}
