namespace Kinora.Server.Endpoints.Kling;

/// <summary>The Kling endpoints that this server answers: one file each, one line each.</summary>
public static class KlingEndpoints
{
    /// <summary>All of them, in the order in which catalogues show them.</summary>
    public static IReadOnlyList<ModelEndpoint> All { get; } =
    [
        KlingV3Standard.Endpoint,
        KlingV3TurboStandard.Endpoint,
        KlingO3Standard.Endpoint,
        KlingV3Pro.Endpoint,
        KlingV34K.Endpoint,
        KlingV3TurboPro.Endpoint,
        KlingO3Pro.Endpoint,
        KlingO34K.Endpoint,
    ];
}
