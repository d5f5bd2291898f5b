namespace Kinora.Media.Tests;

/// <summary>Frames with gradients that move, so that both content and order can be checked.</summary>
internal static class TestFrames
{
    public static VideoFrame Create(FrameSize size, int index)
    {
        var frame = new VideoFrame(size);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
                frame.Y[(y * size.Width) + x] = (byte)(40 + ((x + y + (4 * index)) % 160));
        }

        frame.U.Fill((byte)(100 + index));
        frame.V.Fill(150);
        return frame;
    }

    /// <summary>Peak signal-to-noise ratio in decibels of 8-bit samples; infinite if they are equal.</summary>
    public static double Psnr(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Assert.Equal(a.Length, b.Length);
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return 10 * Math.Log10(255 * 255 / (sum / a.Length));
    }
}
