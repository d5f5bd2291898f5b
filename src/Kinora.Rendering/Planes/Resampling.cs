using System.Numerics;

namespace Kinora.Rendering.Planes;

/// <summary>Changes of size: area average on the way down, bilinear on the way up.</summary>
internal static class Resampling
{
    public static Plane Resize(Plane source, int width, int height)
    {
        if (source.Width == width && source.Height == height)
            return source.Clone();
        return width < source.Width ? Shrink(source, width, height) : Bilinear(source, width, height);
    }

    private static Plane Bilinear(Plane source, int width, int height)
    {
        var result = Plane.Uninitialized(width, height);
        var columns = Neighbours.Of(source.Width, width);
        var rows = Neighbours.Of(source.Height, height);
        var mixed = new float[source.Width];
        for (var y = 0; y < height; y++)
        {
            Mix(source.Row(rows[y].First), source.Row(rows[y].Second), rows[y].Weight, mixed);
            var row = result.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (first, second, weight) = columns[x];
                row[x] = mixed[first] + (mixed[second] - mixed[first]) * weight;
            }
        }
        return result;
    }

    // Separable: every target pixel is the exact mean of the source area it covers.
    private static Plane Shrink(Plane source, int width, int height)
    {
        var narrow = new Plane(width, source.Height);
        var columns = Coverage.Of(source.Width, width);
        for (var y = 0; y < source.Height; y++)
        {
            Span<float> from = source.Row(y), to = narrow.Row(y);
            for (var x = 0; x < width; x++)
                to[x] = columns[x].Mean(from);
        }
        var result = new Plane(width, height);
        var rows = Coverage.Of(source.Height, height);
        for (var y = 0; y < height; y++)
        {
            var to = result.Row(y);
            for (var k = 0; k < rows[y].Count; k++)
            {
                var from = narrow.Row(rows[y].First + k);
                var weight = rows[y].Weight(k);
                for (var x = 0; x < width; x++)
                    to[x] += weight * from[x];
            }
        }
        return result;
    }

    private static void Mix(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float weight, Span<float> output)
    {
        var x = 0;
        for (; x <= output.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var above = new Vector<float>(upper[x..]);
            (above + (new Vector<float>(lower[x..]) - above) * weight).CopyTo(output[x..]);
        }
        for (; x < output.Length; x++)
            output[x] = upper[x] + (lower[x] - upper[x]) * weight;
    }

    private readonly record struct Neighbours(int First, int Second, float Weight)
    {
        public static Neighbours[] Of(int from, int to)
        {
            var step = (float)from / to;
            return [.. Enumerable.Range(0, to).Select(i =>
            {
                var at = Math.Clamp((i + 0.5f) * step - 0.5f, 0, from - 1);
                return new Neighbours((int)at, Math.Min((int)at + 1, from - 1), at - (int)at);
            })];
        }
    }
}
