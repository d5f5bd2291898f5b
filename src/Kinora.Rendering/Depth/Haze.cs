using Kinora.Rendering.Planes;

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
        dark = Minimum(Minimum(dark, 5, 1, 0), 5, 0, 1);
        var airlight = Math.Max(0.5f, PlaneStatistics.Quantile(dark, 0.995));
        return new GuidedFilter(picture.Channels, 14, 1e-3f).Apply(dark.Map(value => 1 - 0.95f * Math.Min(1, value / airlight)));
    }

    private static Plane Minimum(Plane source, int radius, int stepX, int stepY)
    {
        var result = new Plane(source.Width, source.Height);
        for (var y = 0; y < source.Height; y++)
        {
            for (var x = 0; x < source.Width; x++)
            {
                var least = float.MaxValue;
                for (var k = -radius; k <= radius; k++)
                    least = Math.Min(least, source[Math.Clamp(x + k * stepX, 0, source.Width - 1), Math.Clamp(y + k * stepY, 0, source.Height - 1)]);
                result[x, y] = least;
            }
        }
        return result;
    }
}
