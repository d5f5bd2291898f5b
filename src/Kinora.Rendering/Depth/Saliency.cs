using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// What stands out: how hard it is to reach a pixel from the border without crossing an edge, and how unlike the border its colour is.
/// J. Zhang et al., "Minimum Barrier Salient Object Detection at 80 FPS", ICCV 2015 (FastMBD and the MB+ colour cue).
/// </summary>
internal static class Saliency
{
    private const int Passes = 4;

    /// <summary>0 to 1 at the work picture's size.</summary>
    public static Plane Find(WorkPicture picture, GuidedFilter smoother)
    {
        var barrier = new Plane(picture.Width, picture.Height);
        foreach (var channel in picture.Channels)
            AddBarriers(BoxFilter.Mean(channel, 1), barrier);
        PlaneStatistics.Normalize(barrier);
        var unlike = PlaneStatistics.Normalize(BorderContrast.Of(picture));
        for (var y = 0; y < barrier.Height; y++)
        {
            for (var x = 0; x < barrier.Width; x++)
            {
                float u = (x + 0.5f) / barrier.Width - 0.5f, v = (y + 0.5f) / barrier.Height - 0.52f;
                var central = MathF.Exp(-(u * u / 0.10f + v * v / 0.12f));
                barrier[x, y] = (0.6f * barrier[x, y] + 0.4f * unlike[x, y]) * (0.25f + 0.75f * central);
            }
        }
        return smoother.Apply(PlaneStatistics.Normalize(barrier)).Map(value => Math.Clamp(value, 0, 1));
    }

    // Distance = highest minus lowest value on the best path from the border, by alternating raster scans.
    private static void AddBarriers(Plane channel, Plane total)
    {
        int width = channel.Width, height = channel.Height;
        float[] value = channel.Values, highest = (float[])value.Clone(), lowest = (float[])value.Clone(), distance = new float[value.Length];
        Array.Fill(distance, float.MaxValue);
        for (var x = 0; x < width; x++)
            distance[x] = distance[(height - 1) * width + x] = 0;
        for (var y = 0; y < height; y++)
            distance[y * width] = distance[y * width + width - 1] = 0;
        for (var pass = 0; pass < Passes; pass++)
        {
            var forward = pass % 2 == 0;
            var step = forward ? 1 : -1;
            for (var k = 1; k < height - 1; k++)
            {
                var y = forward ? k : height - 1 - k;
                for (var m = 1; m < width - 1; m++)
                {
                    var at = y * width + (forward ? m : width - 1 - m);
                    Relax(at, at - step);
                    Relax(at, at - step * width);
                }
            }
        }
        for (var i = 0; i < value.Length; i++)
            total.Values[i] += distance[i];

        void Relax(int at, int from)
        {
            float up = Math.Max(highest[from], value[at]), down = Math.Min(lowest[from], value[at]);
            if (up - down >= distance[at])
                return;
            (distance[at], highest[at], lowest[at]) = (up - down, up, down);
        }
    }
}
