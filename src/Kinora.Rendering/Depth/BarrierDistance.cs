using System.Runtime.Intrinsics;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// How hard it is to get from the border to a pixel: the highest minus the lowest value on the best path there, by alternating raster scans
/// (FastMBD: J. Zhang et al., ICCV 2015, section 3.1). Scans cannot run side by side, but the channels of a picture can: one lane each.
/// </summary>
internal static class BarrierDistance
{
    private const int Passes = 4;

    /// <summary>The sum of the distances in three channels of one size.</summary>
    public static Plane Of(Plane[] channels)
    {
        int width = channels[0].Width, height = channels[0].Height;
        var pixels = new Pixel[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = Vector128.Create(channels[0].Values[i], channels[1].Values[i], channels[2].Values[i], 0);
            bool isBorder = i % width is 0 || i % width == width - 1 || i < width || i >= pixels.Length - width;
            pixels[i] = new Pixel { Value = value, Highest = value, Lowest = value, Distance = isBorder ? Vector128<float>.Zero : Vector128.Create(float.MaxValue) };
        }
        for (var pass = 0; pass < Passes; pass++)
            Scan(pixels, width, height, isForward: pass % 2 == 0);
        var result = Plane.Uninitialized(width, height);
        for (var i = 0; i < pixels.Length; i++)
            result.Values[i] = pixels[i].Distance[0] + pixels[i].Distance[1] + pixels[i].Distance[2];
        return result;
    }

    private static void Scan(Pixel[] pixels, int width, int height, bool isForward)
    {
        var step = isForward ? 1 : -1;
        for (var k = 1; k < height - 1; k++)
        {
            var at = isForward ? k * width + 1 : (height - 1 - k) * width + width - 2;
            for (var m = 1; m < width - 1; m++, at += step)
            {
                ref var pixel = ref pixels[at];
                Relax(ref pixel, in pixels[at - step]);
                Relax(ref pixel, in pixels[at - step * width]);
            }
        }
    }

    private static void Relax(ref Pixel pixel, in Pixel from)
    {
        var highest = Vector128.Max(from.Highest, pixel.Value);
        var lowest = Vector128.Min(from.Lowest, pixel.Value);
        var distance = highest - lowest;
        var isBetter = Vector128.LessThan(distance, pixel.Distance);
        pixel.Highest = Vector128.ConditionalSelect(isBetter, highest, pixel.Highest);
        pixel.Lowest = Vector128.ConditionalSelect(isBetter, lowest, pixel.Lowest);
        pixel.Distance = Vector128.ConditionalSelect(isBetter, distance, pixel.Distance);
    }

    private struct Pixel
    {
        public Vector128<float> Value, Highest, Lowest, Distance;
    }
}
