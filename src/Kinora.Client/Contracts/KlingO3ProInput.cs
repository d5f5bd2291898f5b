using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>The input of <c>fal-ai/kling-video/o3/pro/image-to-video</c>, in 1080p.</summary>
public sealed record KlingO3ProInput : KlingO3Input
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string EndpointId => "fal-ai/kling-video/o3/pro/image-to-video";
}
