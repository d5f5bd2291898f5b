namespace Kinora.Server.Endpoints.Kling;

/// <summary><c>fal-ai/kling-video/v3/pro/image-to-video</c>: the same inputs as v3 standard, in 1080p.</summary>
internal static class KlingV3Pro
{
    /// <summary>The definition.</summary>
    public static ModelEndpoint Endpoint { get; } = KlingV3.Define(
        "Pro", "pro", ResolutionClass.P1080, new EndpointPrice(AudioOff: 0.112m, AudioOn: 0.168m, VoiceControl: 0.196m));
}
