namespace Kinora.Server.Endpoints.Kling;

/// <summary><c>fal-ai/kling-video/v3/turbo/standard/image-to-video</c>: a start image, a prompt or a storyboard or neither, and always sound, in 720p.</summary>
internal static class KlingV3TurboStandard
{
    /// <summary>The definition.</summary>
    public static ModelEndpoint Endpoint { get; } = KlingV3Turbo.Define(
        "Standard", "standard", ResolutionClass.P720, EndpointPrice.Flat(0.112m));
}
