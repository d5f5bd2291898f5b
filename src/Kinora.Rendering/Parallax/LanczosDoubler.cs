using System.Numerics;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Doubles a plane with a Lanczos-3 kernel (sinc(x) sinc(x/3)), then nudges every 2x2 block so that its mean comes close to the original pixel:
/// an unmoved camera samples exactly those means, so the first frame is the start image, and a moving one keeps its sharpness.
/// </summary>
internal static class LanczosDoubler
{
    private const int Taps = 6, Reach = 3;
    private static readonly float[] Even = Kernel(-0.25), Odd = Kernel(0.25);

    /// <param name="source">Code values, <c>[height, width]</c>.</param>
    /// <param name="width">Width of the source in pixels.</param>
    /// <param name="height">Height of the source in pixels.</param>
    /// <param name="restore">How much of the difference between block means and the original is given back, 0 to 1.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public static Texture Double(float[] source, int width, int height, float restore, int threads)
    {
        var texture = new Texture(2 * width, 2 * height);
        Parallel.For(0, height, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new Rows(width), (y, _, rows) =>
        {
            DoubleRow(source, width, height, y, restore, rows, texture);
            return rows;
        }, _ => { });
        texture.ExtendEdges();
        return texture;
    }

    private static void DoubleRow(float[] source, int width, int height, int y, float restore, Rows rows, Texture texture)
    {
        Vertical(source, width, height, y, Even, rows.Padded);
        Horizontal(rows.Padded, width, rows.Upper);
        Vertical(source, width, height, y, Odd, rows.Padded);
        Horizontal(rows.Padded, width, rows.Lower);
        var original = source.AsSpan(y * width, width);
        for (var x = 0; x < width; x++)
        {
            var mean = (rows.Upper[2 * x] + rows.Upper[2 * x + 1] + rows.Lower[2 * x] + rows.Lower[2 * x + 1]) * 0.25f;
            var missing = (original[x] - mean) * restore;
            rows.Upper[2 * x] += missing;
            rows.Upper[2 * x + 1] += missing;
            rows.Lower[2 * x] += missing;
            rows.Lower[2 * x + 1] += missing;
        }
        texture.SetRow(2 * y, rows.Upper);
        texture.SetRow(2 * y + 1, rows.Lower);
    }

    private static void Vertical(float[] source, int width, int height, int y, float[] kernel, float[] padded)
    {
        var target = padded.AsSpan(Reach, width);
        target.Clear();
        for (var k = 0; k < Taps; k++)
        {
            // The even phase lies a quarter above the pixel: its six taps reach three up and two down; the odd one the other way round.
            var from = source.AsSpan(Math.Clamp(y + k - FirstTap(kernel), 0, height - 1) * width, width);
            Accumulate(target, from, kernel[k]);
        }
        padded.AsSpan(0, Reach).Fill(target[0]);
        padded.AsSpan(Reach + width).Fill(target[^1]);
    }

    private static void Horizontal(float[] padded, int width, float[] output)
    {
        for (var phase = 0; phase < 2; phase++)
        {
            var kernel = phase == 0 ? Even : Odd;
            var start = Reach - FirstTap(kernel);
            for (var x = 0; x < width; x++)
            {
                var at = padded.AsSpan(start + x, Taps);
                output[2 * x + phase] = at[0] * kernel[0] + at[1] * kernel[1] + at[2] * kernel[2] + at[3] * kernel[3] + at[4] * kernel[4] + at[5] * kernel[5];
            }
        }
    }

    private static void Accumulate(Span<float> target, ReadOnlySpan<float> from, float weight)
    {
        var x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(target[x..]) + new Vector<float>(from[x..]) * weight).CopyTo(target[x..]);
        for (; x < target.Length; x++)
            target[x] += from[x] * weight;
    }

    private static int FirstTap(float[] kernel) => ReferenceEquals(kernel, Even) ? 3 : 2;

    private static float[] Kernel(double phase)
    {
        var first = phase < 0 ? -3 : -2;
        var weights = Enumerable.Range(first, Taps).Select(k => Sinc(k - phase) * Sinc((k - phase) / Reach)).ToArray();
        return [.. weights.Select(weight => (float)(weight / weights.Sum()))];
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private sealed class Rows(int width)
    {
        public float[] Padded { get; } = new float[width + 2 * Reach + 2];

        public float[] Upper { get; } = new float[2 * width];

        public float[] Lower { get; } = new float[2 * width];
    }
}
