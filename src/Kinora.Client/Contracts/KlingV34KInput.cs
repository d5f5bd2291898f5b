using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>The input of <c>fal-ai/kling-video/v3/4k/image-to-video</c>, in 2160p.</summary>
public sealed record KlingV34KInput : KlingV3Input
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string EndpointId => "fal-ai/kling-video/v3/4k/image-to-video";
}
