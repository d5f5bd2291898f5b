using System.Text.Json.Serialization;

namespace Kinora.Client.Contracts;

/// <summary>The input of <c>fal-ai/kling-video/o3/4k/image-to-video</c>, in 2160p.</summary>
public sealed record KlingO34KInput : KlingO3Input
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string EndpointId => "fal-ai/kling-video/o3/4k/image-to-video";
}
