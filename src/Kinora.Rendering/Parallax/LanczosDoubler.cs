using System.Numerics;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Doubles a plane with a Lanczos-3 kernel (sinc(x) sinc(x/3)), then nudges every 2x2 block so that its mean comes close to the original pixel:
/// an unmoved camera samples exactly those means, so the first frame is the start image, and a moving one keeps its sharpness.
/// </summary>
internal static class LanczosDoubler
{
    private const int Taps = 6, Reach = 3;
    private static readonly float[] s_even = Kernel(-0.25), s_odd = Kernel(0.25);

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
        texture.ExtendUpAndDown();
        return texture;
    }

    private static void DoubleRow(float[] source, int width, int height, int y, float restore, Rows rows, Texture texture)
    {
        Vertical(source, width, height, y, s_even, rows.Padded);
        Horizontal(rows.Padded, s_even, rows.UpperLeft);
        Horizontal(rows.Padded, s_odd, rows.UpperRight);
        Vertical(source, width, height, y, s_odd, rows.Padded);
        Horizontal(rows.Padded, s_even, rows.LowerLeft);
        Horizontal(rows.Padded, s_odd, rows.LowerRight);
        Restore(source.AsSpan(y * width, width), restore, rows);
        TextureCodes.Interleave(rows.UpperLeft.AsSpan(0, width), rows.UpperRight, texture.Row(2 * y));
        TextureCodes.Interleave(rows.LowerLeft.AsSpan(0, width), rows.LowerRight, texture.Row(2 * y + 1));
        texture.ExtendRow(2 * y);
        texture.ExtendRow(2 * y + 1);
    }

    private static void Restore(ReadOnlySpan<float> original, float restore, Rows rows)
    {
        original.CopyTo(rows.Original);
        for (var x = 0; x < original.Length; x += Vector<float>.Count)
        {
            Vector<float> a = new(rows.UpperLeft, x), b = new(rows.UpperRight, x), c = new(rows.LowerLeft, x), d = new(rows.LowerRight, x);
            var missing = (new Vector<float>(rows.Original, x) - (a + b + c + d) * 0.25f) * restore;
            (a + missing).CopyTo(rows.UpperLeft, x);
            (b + missing).CopyTo(rows.UpperRight, x);
            (c + missing).CopyTo(rows.LowerLeft, x);
            (d + missing).CopyTo(rows.LowerRight, x);
        }
    }

    private static void Vertical(float[] source, int width, int height, int y, float[] kernel, float[] padded)
    {
        var target = padded.AsSpan(Reach, width);
        target.Clear();
        for (var k = 0; k < Taps; k += 2)
        {
            // The even phase lies a quarter above the pixel: its six taps reach three up and two down; the odd one the other way round.
            var first = source.AsSpan(Math.Clamp(y + k - FirstTap(kernel), 0, height - 1) * width, width);
            var second = source.AsSpan(Math.Clamp(y + k + 1 - FirstTap(kernel), 0, height - 1) * width, width);
            Accumulate(target, first, kernel[k], second, kernel[k + 1]);
        }
        padded.AsSpan(0, Reach).Fill(target[0]);
        padded.AsSpan(Reach + width, Reach).Fill(target[^1]);
    }

    private static void Horizontal(float[] padded, float[] kernel, float[] output)
    {
        var start = Reach - FirstTap(kernel);
        Vector<float> k0 = new(kernel[0]), k1 = new(kernel[1]), k2 = new(kernel[2]), k3 = new(kernel[3]), k4 = new(kernel[4]), k5 = new(kernel[5]);
        for (var x = 0; x < output.Length; x += Vector<float>.Count)
        {
            var at = start + x;
            var left = new Vector<float>(padded, at) * k0 + new Vector<float>(padded, at + 1) * k1 + new Vector<float>(padded, at + 2) * k2;
            var right = new Vector<float>(padded, at + 3) * k3 + new Vector<float>(padded, at + 4) * k4 + new Vector<float>(padded, at + 5) * k5;
            (left + right).CopyTo(output, x);
        }
    }

    private static void Accumulate(Span<float> target, ReadOnlySpan<float> first, float firstWeight, ReadOnlySpan<float> second, float secondWeight)
    {
        var x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(target[x..]) + (new Vector<float>(first[x..]) * firstWeight + new Vector<float>(second[x..]) * secondWeight)).CopyTo(target[x..]);
        for (; x < target.Length; x++)
            target[x] += first[x] * firstWeight + second[x] * secondWeight;
    }

    private static int FirstTap(float[] kernel) => ReferenceEquals(kernel, s_even) ? 3 : 2;

    private static float[] Kernel(double phase)
    {
        var first = phase < 0 ? -3 : -2;
        var weights = Enumerable.Range(first, Taps).Select(k => Sinc(k - phase) * Sinc((k - phase) / Reach)).ToArray();
        return [.. weights.Select(weight => (float)(weight / weights.Sum()))];
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    // Whole vectors, so that no row needs a scalar tail.
    private sealed class Rows(int width)
    {
        private readonly int _length = (width + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

        public float[] Padded => field ??= new float[_length + 2 * Reach];

        public float[] Original => field ??= new float[_length];

        public float[] UpperLeft => field ??= new float[_length];

        public float[] UpperRight => field ??= new float[_length];

        public float[] LowerLeft => field ??= new float[_length];

        public float[] LowerRight => field ??= new float[_length];
    }
}
