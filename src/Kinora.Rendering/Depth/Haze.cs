using System.Numerics;
using Kinora.Rendering.Planes;
using Plane = Kinora.Rendering.Planes.Plane;

namespace Kinora.Rendering.Depth;

/// <summary>Clear air means near: K. He et al., "Single Image Haze Removal Using Dark Channel Prior", CVPR 2009.</summary>
internal static class Haze
{
    /// <summary>Transmission, 1 (clear) to 0.05 (white haze).</summary>
    public static Plane Clarity(WorkPicture picture)
    {
        var dark = new Plane(picture.Width, picture.Height);
        for (var i = 0; i < dark.Length; i++)
            dark.Values[i] = Math.Min(picture.Rgb[0].Values[i], Math.Min(picture.Rgb[1].Values[i], picture.Rgb[2].Values[i]));
        dark = Minimum(dark, 5);
        var airlight = Math.Max(0.5f, PlaneStatistics.Quantile(dark, 0.995));
        return new GuidedFilter(picture.Channels, 14, 1e-3f).Apply(dark.Map(value => 1 - 0.95f * Math.Min(1, value / airlight)));
    }

    // Over squares of side 2r+1, edges repeated. A minimum is the same in any order.
    private static Plane Minimum(Plane source, int radius)
    {
        int width = source.Width, height = source.Height;
        var result = Plane.Uninitialized(width, height);
        var padded = new float[width + 2 * radius];
        var middle = padded.AsSpan(radius, width);
        for (var y = 0; y < height; y++)
        {
            source.Row(y).CopyTo(middle);
            for (var k = Math.Max(0, y - radius); k <= Math.Min(height - 1, y + radius); k++)
                Lower(middle, source.Row(k));
            padded.AsSpan(0, radius).Fill(middle[0]);
            padded.AsSpan(radius + width).Fill(middle[^1]);
            var row = result.Row(y);
            middle.CopyTo(row);
            for (var k = 0; k <= 2 * radius; k++)
                Lower(row, padded.AsSpan(k, width));
        }
        return result;
    }

    private static void Lower(Span<float> least, ReadOnlySpan<float> other)
    {
        var x = 0;
        for (; x <= least.Length - Vector<float>.Count; x += Vector<float>.Count)
            Vector.Min(new Vector<float>(least[x..]), new Vector<float>(other[x..])).CopyTo(least[x..]);
        for (; x < least.Length; x++)
            least[x] = Math.Min(least[x], other[x]);
    }
}
