using Kinora.Media;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>One picture stretched over a relief: textures to sample, and how near each part is.</summary>
internal sealed class Sheet
{
    private Sheet(int originX, int originY, int margin, Texture luma, Texture blue, Texture red, Plane nearness) =>
        (OriginX, OriginY, Margin, Luma, Blue, Red, Nearness) = (originX, originY, margin, luma, blue, red, nearness);

    /// <summary>The pixel of the picture that is the first of the textures: outside the picture if it was continued, inside if only a part of it is kept.</summary>
    public int OriginX { get; }

    public int OriginY { get; }

    /// <summary>Pixels by which the picture was continued beyond each edge, mirrored; 0 if the camera never needs them.</summary>
    public int Margin { get; }

    /// <summary>Twice the picture's size (with margins).</summary>
    public Texture Luma { get; }

    /// <summary>The picture's size (with margins): twice that of a 4:2:0 chroma plane.</summary>
    public Texture Blue { get; }

    public Texture Red { get; }

    public Plane Nearness { get; }

    /// <summary>How much sharpness the doubled texture gives back; see <see cref="LanczosDoubler"/>.</summary>
    public const float Restore = 1.0f;

    public static Sheet Create(CodePlanes picture, FrameSize size, Plane nearness, int margin, int threads)
    {
        var (width, height) = (size.Width + 2 * margin, size.Height + 2 * margin);
        var luma = Mirror(picture.Y, size, margin);
        var lumaTexture = LanczosDoubler.Double(luma, width, height, Restore, threads);
        return new Sheet(-margin, -margin, margin, lumaTexture, Chroma(picture.U, size, margin), Chroma(picture.V, size, margin), nearness);
    }

    /// <summary>A sheet of which only a part is kept: what lies outside repeats its edge.</summary>
    /// <param name="part">The code values of the part.</param>
    /// <param name="box">Where it lies in the picture.</param>
    /// <param name="nearness">The relief of the whole picture.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public static Sheet CreatePart(CodePlanes part, PixelBox box, Plane nearness, int threads)
    {
        var whole = Create(part, new FrameSize(box.Right - box.Left, box.Bottom - box.Top), nearness, 0, threads);
        return new Sheet(box.Left, box.Top, 0, whole.Luma, whole.Blue, whole.Red, nearness);
    }

    private static Texture Chroma(float[] codes, FrameSize size, int margin)
    {
        var (width, height) = (size.Width + 2 * margin, size.Height + 2 * margin);
        var mirrored = Mirror(codes, size, margin);
        var texture = new Texture(width, height);
        for (var y = 0; y < height; y++)
            texture.SetRow(y, mirrored.AsSpan(y * width, width));
        texture.ExtendEdges();
        return texture;
    }

    private static float[] Mirror(float[] codes, FrameSize size, int margin)
    {
        if (margin == 0)
            return codes;
        var width = size.Width + 2 * margin;
        var result = new float[width * (size.Height + 2 * margin)];
        for (var y = 0; y < size.Height + 2 * margin; y++)
        {
            var from = codes.AsSpan(Reflect(y - margin, size.Height) * size.Width, size.Width);
            var to = result.AsSpan(y * width, width);
            from.CopyTo(to[margin..]);
            for (var k = 0; k < margin; k++)
            {
                to[margin - 1 - k] = from[Reflect(-1 - k, size.Width)];
                to[margin + size.Width + k] = from[Reflect(size.Width + k, size.Width)];
            }
        }
        return result;
    }

    private static int Reflect(int at, int length) => at < 0 ? -1 - at : at >= length ? 2 * length - 1 - at : at;
}
