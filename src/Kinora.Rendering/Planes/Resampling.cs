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
        var result = new Plane(width, height);
        float stepX = (float)source.Width / width, stepY = (float)source.Height / height;
        for (var y = 0; y < height; y++)
        {
            var row = result.Row(y);
            var sourceY = (y + 0.5f) * stepY - 0.5f;
            for (var x = 0; x < width; x++)
                row[x] = source.Sample((x + 0.5f) * stepX - 0.5f, sourceY);
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

    private readonly record struct Coverage(int First, int Count, float FirstWeight, float InnerWeight, float LastWeight)
    {
        public static Coverage[] Of(int from, int to)
        {
            var result = new Coverage[to];
            var step = (double)from / to;
            for (var i = 0; i < to; i++)
            {
                double start = i * step, end = Math.Min(from, (i + 1) * step);
                int first = (int)start, last = Math.Min(from - 1, (int)Math.Ceiling(end) - 1);
                var total = end - start;
                result[i] = first == last
                    ? new Coverage(first, 1, 1, 0, 0)
                    : new Coverage(first, last - first + 1, (float)((first + 1 - start) / total), (float)(1 / total), (float)((end - last) / total));
            }
            return result;
        }

        public float Weight(int k) => k == 0 ? FirstWeight : k == Count - 1 ? LastWeight : InnerWeight;

        public float Mean(ReadOnlySpan<float> row)
        {
            var sum = row[First] * FirstWeight;
            for (var k = 1; k < Count - 1; k++)
                sum += row[First + k] * InnerWeight;
            return Count > 1 ? sum + row[First + Count - 1] * LastWeight : sum;
        }
    }
}
