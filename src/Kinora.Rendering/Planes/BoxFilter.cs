using System.Numerics;

namespace Kinora.Rendering.Planes;

/// <summary>
/// Means over squares of side 2r+1 by running sums, edges repeated. Both passes run down columns of SIMD lanes:
/// the horizontal pass is the vertical pass on the transposed plane, so that sums stay exact per lane and the result does not depend on the vector width.
/// </summary>
internal static class BoxFilter
{
    public static Plane Mean(Plane source, int radius)
    {
        if (radius < 1)
            return source.Clone();
        var columns = Vertical(source, radius);
        return Transpose(Vertical(Transpose(columns), radius));
    }

    /// <summary>Three box means: close to a Gaussian of sigma = <paramref name="radius"/>.</summary>
    public static Plane Blur(Plane source, int radius) => radius < 1 ? source.Clone() : Mean(Mean(Mean(source, radius), radius), radius);

    private static Plane Vertical(Plane source, int radius)
    {
        int width = source.Width, height = source.Height;
        var result = new Plane(width, height);
        var sums = new float[width];
        // Rows are re-summed from scratch now and then: a running float sum drifts.
        for (var y = 0; y < height; y++)
        {
            if (y % 32 == 0)
                SumWindow(source, y, radius, sums);
            else
                Slide(sums, source.Row(Math.Min(height - 1, y + radius)), source.Row(Math.Max(0, y - radius - 1)));
            Scale(sums, result.Row(y), 1f / (2 * radius + 1));
        }
        return result;
    }

    private static void SumWindow(Plane source, int centre, int radius, float[] sums)
    {
        Array.Clear(sums);
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

    private static void Scale(ReadOnlySpan<float> sums, Span<float> row, float factor)
    {
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(sums[x..]) * factor).CopyTo(row[x..]);
        for (; x < row.Length; x++)
            row[x] = sums[x] * factor;
    }

    private static Plane Transpose(Plane source)
    {
        const int Tile = 16;
        int width = source.Width, height = source.Height;
        var result = new Plane(height, width);
        for (var tileY = 0; tileY < height; tileY += Tile)
        {
            for (var tileX = 0; tileX < width; tileX += Tile)
            {
                for (var y = tileY; y < Math.Min(height, tileY + Tile); y++)
                {
                    for (var x = tileX; x < Math.Min(width, tileX + Tile); x++)
                        result.Values[x * height + y] = source.Values[y * width + x];
                }
            }
        }
        return result;
    }
}
