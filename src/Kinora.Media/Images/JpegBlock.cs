namespace Kinora.Media.Images;

/// <summary>
/// One component's way from 8x8 samples to bits: the cosine transform of ITU-T T.81, A.3.3, as two 8x8 matrix products, quantisation, and the run-length
/// code of F.1.2. The predictor of the mean goes from block to block.
/// </summary>
internal sealed class JpegBlock(byte[] steps, JpegHuffman dc, JpegHuffman ac)
{
    private static readonly float[] s_cosines = [.. Enumerable.Range(0, 64).Select(i =>
        (float)((i < 8 ? Math.Sqrt(0.125) : 0.5) * Math.Cos((2 * (i % 8) + 1) * (i / 8) * Math.PI / 16)))];

    private int _mean;

    /// <param name="samples">64 samples with 128 taken away, row by row; overwritten.</param>
    /// <param name="bits">Where to.</param>
    public void Write(Span<float> samples, JpegBits bits)
    {
        Transform(samples);
        int last = 0, run = 0;
        Span<int> levels = stackalloc int[64];
        for (var k = 0; k < 64; k++)
        {
            var at = JpegTables.Zigzag[k];
            levels[k] = (int)MathF.Round(samples[at] / steps[at]);
            last = levels[k] != 0 ? k : last;
        }
        WriteLevel(dc, 0, levels[0] - _mean, bits);
        _mean = levels[0];
        for (var k = 1; k <= last; k++)
        {
            if (levels[k] == 0)
            {
                run++;
                continue;
            }
            for (; run > 15; run -= 16)
                bits.Write(ac[0xF0]);
            WriteLevel(ac, run, levels[k], bits);
            run = 0;
        }
        if (last < 63)
            bits.Write(ac[0]);
    }

    private static void WriteLevel(JpegHuffman table, int run, int level, JpegBits bits)
    {
        var size = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Abs(level));
        bits.Write(table[(run << 4) | size]);
        bits.Write(level < 0 ? level - 1 : level, size);
    }

    private static void Transform(Span<float> samples)
    {
        Span<float> rows = stackalloc float[64];
        for (var y = 0; y < 8; y++)
        {
            for (var u = 0; u < 8; u++)
            {
                var sum = 0f;
                for (var x = 0; x < 8; x++)
                    sum += samples[y * 8 + x] * s_cosines[u * 8 + x];
                rows[y * 8 + u] = sum;
            }
        }
        for (var v = 0; v < 8; v++)
        {
            for (var u = 0; u < 8; u++)
            {
                var sum = 0f;
                for (var y = 0; y < 8; y++)
                    sum += rows[y * 8 + u] * s_cosines[v * 8 + y];
                samples[v * 8 + u] = sum;
            }
        }
    }
}
