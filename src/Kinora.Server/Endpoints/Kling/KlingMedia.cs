namespace Kinora.Server.Endpoints.Kling;

/// <summary>What the Kling endpoints accept as media, from the hosted service's field descriptions.</summary>
internal static class KlingMedia
{
    private const long MiB = 1024 * 1024;

    /// <summary>Start, end, frontal and reference images of the v3 and o3 families.</summary>
    public static MediaLimits Image { get; } = new()
    {
        MaxBytes = 10 * MiB,
        MinSidePixels = 300,
        MinAspectRatio = 0.40,
        MaxAspectRatio = 2.50,
        Formats = ["jpg", "jpeg", "png"],
        DownloadTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>The start image of the turbo family, which may be larger.</summary>
    public static MediaLimits TurboImage { get; } = Image with { MaxBytes = 50 * MiB };

    /// <summary>The video of an element.</summary>
    public static MediaLimits ElementVideo { get; } = new()
    {
        MaxBytes = 200 * MiB,
        MinSidePixels = 720,
        MaxSidePixels = 2160,
        Formats = ["mp4", "mov"],
        DownloadTimeout = TimeSpan.FromSeconds(30),
        MinDuration = TimeSpan.FromSeconds(3.0),
        MaxDuration = TimeSpan.FromSeconds(10.05),
    };
}
