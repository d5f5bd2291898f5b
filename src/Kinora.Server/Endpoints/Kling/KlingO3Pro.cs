namespace Kinora.Server.Endpoints.Kling;

/// <summary><c>fal-ai/kling-video/o3/pro/image-to-video</c>: the same inputs as o3 standard, in 1080p.</summary>
internal static class KlingO3Pro
{
    /// <summary>The definition.</summary>
    public static ModelEndpoint Endpoint { get; } = KlingO3.Define(
        "Pro", "pro", ResolutionClass.P1080, new EndpointPrice(AudioOff: 0.112m, AudioOn: 0.14m));
}
