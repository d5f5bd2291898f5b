using Kinora.Media;

namespace Kinora.Server.Engines;

/// <summary>A thing or a person that the prompts call <c>@Element1</c>, <c>@Element2</c>…: pictures of it, or a video.</summary>
public sealed record ElementBrief
{
    /// <summary>Pictures, the frontal one first, then other angles: RGB or RGBA of any size. Empty for a video.</summary>
    public IReadOnlyList<Image> Views { get; init; } = [];

    /// <summary>The frames of its video, all of one size. Empty for pictures.</summary>
    public IReadOnlyList<VideoFrame> Footage { get; init; } = [];

    /// <summary>Frames per second of <see cref="Footage"/>.</summary>
    public FrameRate FootageRate { get; init; } = new(24);
}
