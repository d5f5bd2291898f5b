using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>The input of <c>fal-ai/kling-video/v3/pro/image-to-video</c>, in 1080p.</summary>
public sealed record KlingV3ProInput : KlingV3Input
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string EndpointId => "fal-ai/kling-video/v3/pro/image-to-video";
}
