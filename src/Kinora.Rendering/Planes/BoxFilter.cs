using System.Numerics;

namespace Kinora.Rendering.Planes;

/// <summary>
/// Means over squares of side 2r+1, edges repeated, in one pass: running sums down the columns, and along each row of them the sum of the window by doubling
/// (pairs of samples, pairs of pairs, …), which is a fixed tree of additions per pixel: the result does not depend on the vector width.
/// </summary>
internal static class BoxFilter
{
    /// <summary>Rows are summed afresh now and then: a running float sum drifts.</summary>
    private const int FreshRows = 32;

    public static Plane Mean(Plane source, int radius)
    {
        if (radius < 1)
            return source.Clone();
        int width = source.Width, height = source.Height, window = 2 * radius + 1;
        var result = Plane.Uninitialized(width, height);
        // The doubling reads beyond the window of the last pixel.
        var sums = new float[width + 2 * window + 2 * Vector<float>.Count];
        var pairs = new float[sums.Length];
        var centre = sums.AsSpan(radius, width);
        var scale = 1f / (window * window);
        for (var y = 0; y < height; y++)
        {
            if (y % FreshRows == 0)
                SumWindow(source, y, radius, centre);
            else
                Slide(centre, source.Row(Math.Min(height - 1, y + radius)), source.Row(Math.Max(0, y - radius - 1)));
            sums.AsSpan(0, radius).Fill(centre[0]);
            sums.AsSpan(radius + width, radius).Fill(centre[^1]);
            AlongRow(sums, pairs, window, scale, result.Row(y));
        }
        return result;
    }

    /// <summary>Three box means: close to a Gaussian of sigma = <paramref name="radius"/>.</summary>
    public static Plane Blur(Plane source, int radius) => radius < 1 ? source.Clone() : Mean(Mean(Mean(source, radius), radius), radius);

    private static void SumWindow(Plane source, int centre, int radius, Span<float> sums)
    {
        sums.Clear();
        for (var y = centre - radius; y <= centre + radius; y++)
            Add(sums, source.Row(Math.Clamp(y, 0, source.Height - 1)));
    }

    private static void Add(Span<float> sums, ReadOnlySpan<float> row)
    {
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(sums[x..]) + new Vector<float>(row[x..])).CopyTo(sums[x..]);
        for (; x < row.Length; x++)
            sums[x] += row[x];
    }

    private static void Slide(Span<float> sums, ReadOnlySpan<float> entering, ReadOnlySpan<float> leaving)
    {
        var x = 0;
        for (; x <= sums.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(sums[x..]) + (new Vector<float>(entering[x..]) - new Vector<float>(leaving[x..]))).CopyTo(sums[x..]);
        for (; x < sums.Length; x++)
            sums[x] += entering[x] - leaving[x];
    }

    // out[x] = scale * (sums[x] + … + sums[x + window - 1]): the window's binary digits say which runs of 1, 2, 4… samples make it up, the smallest first.
    private static void AlongRow(ReadOnlySpan<float> sums, Span<float> runs, int window, float scale, Span<float> output)
    {
        sums.CopyTo(runs);
        var offset = 0;
        var isFirst = true;
        for (var run = 1; run <= window; run *= 2)
        {
            if ((window & run) != 0)
            {
                Gather(runs[offset..], output, isFirst);
                (offset, isFirst) = (offset + run, false);
            }
            if (2 * run <= window)
                Double(runs, run, output.Length + window - 2 * run + 1);
        }
        Scale(output, scale);
    }

    // runs[x] += runs[x + run], which is still the shorter run there.
    private static void Double(Span<float> runs, int run, int length)
    {
        for (var x = 0; x < length; x += Vector<float>.Count)
            (new Vector<float>(runs[x..]) + new Vector<float>(runs[(x + run)..])).CopyTo(runs[x..]);
    }

    private static void Gather(ReadOnlySpan<float> runs, Span<float> output, bool isFirst)
    {
        if (isFirst)
            runs[..output.Length].CopyTo(output);
        else
            Add(output, runs[..output.Length]);
    }

    private static void Scale(Span<float> row, float factor)
    {
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(row[x..]) * factor).CopyTo(row[x..]);
        for (; x < row.Length; x++)
            row[x] *= factor;
    }
}
