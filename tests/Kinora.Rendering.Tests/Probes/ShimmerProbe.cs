using Kinora.Media;

namespace Kinora.Rendering.Tests.Probes;

/// <summary>
/// Frame-to-frame flicker beyond the motion: how much the brightness of single pixels bends over time against how much it changes,
/// rms(a - 2b + c) / rms(c - a). Where a picture glides by, pixels change steadily and the ratio is small. Noise gives 1.7, a picture that moves in whole pixels
/// now and then 1.
/// </summary>
internal static class ShimmerProbe
{
    public static double Of(IReadOnlyList<VideoFrame> frames)
    {
        double bends = 0, changes = 0;
        for (var i = 1; i < frames.Count - 1; i++)
        {
            ReadOnlySpan<byte> before = frames[i - 1].Y, here = frames[i].Y, after = frames[i + 1].Y;
            for (var at = 0; at < here.Length; at += 3)
            {
                double bend = before[at] - 2 * here[at] + after[at], change = after[at] - before[at];
                (bends, changes) = (bends + bend * bend, changes + change * change);
            }
        }
        return Math.Sqrt(bends / Math.Max(1e-9, changes));
    }
}
