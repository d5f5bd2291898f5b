using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// What stands out: how hard it is to reach a pixel from the border without crossing an edge, and how unlike the border its colour is.
/// J. Zhang et al., "Minimum Barrier Salient Object Detection at 80 FPS", ICCV 2015 (FastMBD and the MB+ colour cue).
/// </summary>
internal static class Saliency
{
    /// <summary>0 to 1 at the work picture's size.</summary>
    public static Plane Find(WorkPicture picture, GuidedFilter smoother)
    {
        var barrier = PlaneStatistics.Normalize(BarrierDistance.Of(Array.ConvertAll(picture.Channels, channel => BoxFilter.Mean(channel, 1))));
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
}
