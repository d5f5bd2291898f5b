using Kinora.Media;

namespace Kinora.Rendering.Tests.Probes;

/// <summary>Fine detail: the mean absolute Laplacian of luma inside a border of a tenth.</summary>
internal static class SharpnessProbe
{
    public static double Of(VideoFrame frame)
    {
        int width = frame.Size.Width, height = frame.Size.Height;
        var luma = frame.Y;
        double sum = 0;
        long count = 0;
        for (var y = height / 10; y < height - height / 10; y++)
        {
            for (var x = width / 10; x < width - width / 10; x++, count++)
            {
                var at = y * width + x;
                sum += Math.Abs(4 * luma[at] - luma[at - 1] - luma[at + 1] - luma[at - width] - luma[at + width]);
            }
        }
        return sum / count;
    }

    /// <summary>
    /// How much sharpness goes up and down around its own trend (a mean over 25 frames), relative. A zoom loses detail slowly, which is no fault; breathing is.
    /// </summary>
    public static double Breathing(IReadOnlyList<double> sharpness)
    {
        const int Reach = 12;
        double sum = 0;
        var count = 0;
        for (var i = Reach; i < sharpness.Count - Reach; i++, count++)
        {
            var trend = Enumerable.Range(i - Reach, 2 * Reach + 1).Average(k => sharpness[k]);
            sum += Math.Pow(sharpness[i] / trend - 1, 2);
        }
        return Math.Sqrt(sum / count);
    }
}
