using Kinora.Media;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>The subject as a sheet of its own in front of the rest.</summary>
/// <param name="Sheet">Its colours and its nearness (nearly the same all over: a billboard).</param>
/// <param name="Alpha">How much of it covers each pixel, 0 to 255 in texture units, at the picture's size.</param>
/// <param name="Box">The pixels it covers at all.</param>
/// <param name="Level">Its nearness.</param>
internal sealed record SubjectLayer(Sheet Sheet, Texture Alpha, PixelBox Box, float Level)
{
    /// <summary>What <see cref="Alpha"/> is in every part of the picture.</summary>
    public AlphaRange Range { get; } = new(Alpha);

    /// <summary>Whether it is cut off by the picture's edge, so that the camera must not look past that edge.</summary>
    public bool TouchesEdge(FrameSize size) => Box.Left <= 1 || Box.Top <= 1 || Box.Right >= size.Width - 1 || Box.Bottom >= size.Height - 1;
}
