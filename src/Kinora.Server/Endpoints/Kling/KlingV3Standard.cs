namespace Kinora.Server.Endpoints.Kling;

/// <summary><c>fal-ai/kling-video/v3/standard/image-to-video</c>: start and end image, storyboard, elements, sound, negative prompt and guidance, in 720p.</summary>
internal static class KlingV3Standard
{
    /// <summary>The definition.</summary>
    public static ModelEndpoint Endpoint { get; } = KlingV3.Define(
        "Standard", "standard", ResolutionClass.P720, new EndpointPrice(AudioOff: 0.084m, AudioOn: 0.126m, VoiceControl: 0.154m));
}
