namespace Kinora.Server.Endpoints.Kling;

/// <summary><c>fal-ai/kling-video/v3/4k/image-to-video</c>: the same inputs as v3 standard, in 2160p.</summary>
internal static class KlingV34K
{
    /// <summary>The definition.</summary>
    public static ModelEndpoint Endpoint { get; } = KlingV3.Define(
        "4K", "4k", ResolutionClass.P2160, EndpointPrice.Flat(0.42m));
}
