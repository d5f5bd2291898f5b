using Kinora.Media;

namespace Kinora.Rendering;

/// <summary>A thing or a person that the prompts call <c>@Element1</c>, <c>@Element2</c>…: pictures of it, or a video.</summary>
public sealed record SceneElement
{
    /// <summary>Longest side of a picture in pixels.</summary>
    public const int MostPixels = 4096;

    /// <summary>
    /// Pictures, the frontal one first, then other angles: RGB or RGBA at any size up to 4096 pixels a side. Those with alpha are used as they are; others
    /// are cut out where their contour can be trusted. Default: none.
    /// </summary>
    public IReadOnlyList<Image> Views { get; init; } = [];

    /// <summary>The frames of a video of it, all of one size, from which it is cut out; it plays in the clip, to and fro if the clip is longer. Default: none.</summary>
    public IReadOnlyList<VideoFrame> Footage { get; init; } = [];

    /// <summary>Frames per second of <see cref="Footage"/>. Default 24.</summary>
    public FrameRate FootageRate { get; init; } = new(24);

    /// <summary>An element of one picture.</summary>
    public static SceneElement Of(Image picture) => new() { Views = [picture] };
}
