namespace Kinora.Server.Endpoints.Kling;

/// <summary><c>fal-ai/kling-video/o3/standard/image-to-video</c>: from a start frame to an end frame, with a prompt, a storyboard or neither, in 720p.</summary>
internal static class KlingO3Standard
{
    /// <summary>The definition.</summary>
    public static ModelEndpoint Endpoint { get; } = KlingO3.Define(
        "Standard", "standard", ResolutionClass.P720, new EndpointPrice(AudioOff: 0.084m, AudioOn: 0.112m));
}
