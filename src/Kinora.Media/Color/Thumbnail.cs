namespace Kinora.Media.Color;

/// <summary>Small pictures of video frames.</summary>
public static class Thumbnail
{
    /// <summary>
    /// Averages whole squares of a frame's pixels into a picture with no side longer than <paramref name="longestSide"/>; a frame that is small enough keeps its size.
    /// What is left over at the right and at the bottom is cut off.
    /// </summary>
    /// <param name="frame">What to shrink.</param>
    /// <param name="longestSide">In pixels, at least 2.</param>
    public static Image Of(VideoFrame frame, int longestSide)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestSide, 2);
        var (width, height) = (frame.Size.Width, frame.Size.Height);
        var step = (Math.Max(width, height) + longestSide - 1) / longestSide;
        if (step == 1)
            return Yuv420.ToImage(frame);
        // Even, so that the smaller frame has chroma for every two pixels.
        var small = new VideoFrame(new FrameSize(Math.Max(2, width / step & ~1), Math.Max(2, height / step & ~1)));
        Shrink(frame.Y, width, small.Y, small.Size.Width, step);
        Shrink(frame.U, width / 2, small.U, small.Size.Width / 2, step);
        Shrink(frame.V, width / 2, small.V, small.Size.Width / 2, step);
        return Yuv420.ToImage(small);
    }

    private static void Shrink(ReadOnlySpan<byte> source, int sourceWidth, Span<byte> result, int width, int step)
    {
        for (var i = 0; i < result.Length; i++)
        {
            var at = i / width * step * sourceWidth + i % width * step;
            var sum = 0;
            for (var row = 0; row < step; row++, at += sourceWidth)
            {
                foreach (var sample in source.Slice(at, step))
                    sum += sample;
            }
            result[i] = (byte)((sum + step * step / 2) / (step * step));
        }
    }
}
