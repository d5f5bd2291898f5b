namespace Kinora.Server.Endpoints;

/// <summary>How large the frames of an endpoint's clips are: an area, since their shape is that of the picture they start on.</summary>
/// <param name="Name">What people call it, for example <c>720p</c>.</param>
/// <param name="PixelBudget">Wanted area of a frame in pixels: that of the 16:9 frame of this name.</param>
public sealed record ResolutionClass(string Name, int PixelBudget)
{
    /// <summary>1280x720 for 16:9: the hosted service's <c>standard</c>.</summary>
    public static ResolutionClass P720 { get; } = new("720p", 1280 * 720);

    /// <summary>1920x1080 for 16:9: the hosted service's <c>pro</c>.</summary>
    public static ResolutionClass P1080 { get; } = new("1080p", 1920 * 1080);

    /// <summary>3840x2160 for 16:9: the hosted service's <c>4k</c>.</summary>
    public static ResolutionClass P2160 { get; } = new("2160p", 3840 * 2160);
}
