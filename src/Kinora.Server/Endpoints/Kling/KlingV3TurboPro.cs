namespace Kinora.Server.Endpoints.Kling;

/// <summary><c>fal-ai/kling-video/v3/turbo/pro/image-to-video</c>: the same inputs as turbo standard, in 1080p.</summary>
internal static class KlingV3TurboPro
{
    /// <summary>The definition.</summary>
    public static ModelEndpoint Endpoint { get; } = KlingV3Turbo.Define(
        "Pro", "pro", ResolutionClass.P1080, EndpointPrice.Flat(0.14m));
}
