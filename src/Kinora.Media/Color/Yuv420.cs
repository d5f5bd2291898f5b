namespace Kinora.Media.Color;

/// <summary>
/// Between pictures (full-range RGB) and video frames (8-bit 4:2:0, BT.709, limited range).
/// The formula and its source are in <c>Bt709</c>: ITU-R BT.709-6, section 3. A chroma sample sits in the middle of its 2x2 pixels.
/// </summary>
public static class Yuv420
{
    /// <summary>Converts a picture into an existing frame of the same size. The same bytes on every machine.</summary>
    /// <param name="image">RGB, <c>[H, W, 3]</c>, of exactly the frame's size.</param>
    /// <param name="frame">Overwritten whole.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the image has alpha.</exception>
    public static void FromImage(Image image, VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(frame);
        var (width, height) = (frame.Size.Width, frame.Size.Height);
        if (image.Channels != 3 || image.Width != width || image.Height != height)
            throw new ArgumentException($"Expected RGB of {frame.Size}, got {image.Width}x{image.Height} with {image.Channels} channels.", nameof(image));

        var rgb = image.Pixels.AsSpan();
        for (var row = 0; row < height; row += 2)
        {
            var top = rgb.Slice(row * width * 3, width * 3);
            var bottom = rgb.Slice((row + 1) * width * 3, width * 3);
            RgbRows.Luma(top, frame.Y.Slice(row * width, width));
            RgbRows.Luma(bottom, frame.Y.Slice((row + 1) * width, width));
            RgbRows.Chroma(top, bottom, frame.U.Slice(row / 2 * (width / 2), width / 2), frame.V.Slice(row / 2 * (width / 2), width / 2));
        }
    }

    /// <summary>Converts a picture with even sides into a new frame.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is odd or out of <see cref="FrameSize"/>'s range.</exception>
    /// <exception cref="ArgumentException">The image has alpha.</exception>
    public static VideoFrame FromImage(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var frame = new VideoFrame(new FrameSize(image.Width, image.Height));
        FromImage(image, frame);
        return frame;
    }

    /// <summary>Converts a frame into an RGB picture for previews: four pixels share their chroma sample; values out of gamut are clipped.</summary>
    public static Image ToImage(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var (width, height) = (frame.Size.Width, frame.Size.Height);
        var pixels = new byte[width * height * 3];
        for (var row = 0; row < height; row++)
        {
            var chroma = row / 2 * (width / 2);
            ToRgbRow(frame.Y.Slice(row * width, width), frame.U.Slice(chroma, width / 2), frame.V.Slice(chroma, width / 2), pixels.AsSpan(row * width * 3, width * 3));
        }

        return new Image(width, height, 3, pixels);
    }

    private static void ToRgbRow(ReadOnlySpan<byte> y, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, Span<byte> rgb)
    {
        for (var x = 0; x < y.Length; x++)
        {
            var luma = ((y[x] - 16) * Bt709.RgbY) + (1 << (Bt709.Bits - 1));
            var (blue, red) = (u[x / 2] - 128, v[x / 2] - 128);
            rgb[3 * x] = Clip(luma + (red * Bt709.RedV));
            rgb[(3 * x) + 1] = Clip(luma + (blue * Bt709.GreenU) + (red * Bt709.GreenV));
            rgb[(3 * x) + 2] = Clip(luma + (blue * Bt709.BlueU));
        }
    }

    private static byte Clip(int value) => (byte)Math.Clamp(value >> Bt709.Bits, 0, 255);
}
