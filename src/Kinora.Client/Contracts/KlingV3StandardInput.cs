using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>The input of <c>fal-ai/kling-video/v3/standard/image-to-video</c>, in 720p.</summary>
public sealed record KlingV3StandardInput : KlingV3Input
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string EndpointId => "fal-ai/kling-video/v3/standard/image-to-video";
}
