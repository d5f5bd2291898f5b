using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>The part of a video frame that shows the element, in fractions of the frame; all windows of a video are equally large.</summary>
internal readonly record struct FootageWindow(double Left, double Top, double Width, double Height, double FrameAspect)
{
    // The window is calm: it looks this many frames ahead and back.
    private const int Calm = 9;

    /// <summary>Width over height in pixels.</summary>
    public double Aspect => Width / Height * FrameAspect;

    /// <summary>Windows that follow masks through a video.</summary>
    public static FootageWindow[] Following(Plane[] masks)
    {
        var boxes = Array.ConvertAll(masks, mask => PixelBox.Of(mask, 0.3f));
        double width = masks[0].Width, height = masks[0].Height;
        double across = Largest(boxes, box => box.Right - box.Left) * 1.06 + 2, down = Largest(boxes, box => box.Bottom - box.Top) * 1.04 + 2;
        double[] middles = Calmed(boxes, box => (box.Left + box.Right) / 2.0), feet = Calmed(boxes, box => box.Bottom);
        return [.. Enumerable.Range(0, masks.Length).Select(i =>
            new FootageWindow((middles[i] - across / 2) / width, (feet[i] + 1 - down) / height, across / width, down / height, width / height))];
    }

    /// <summary>The window's part of a plane at another size; beyond the frame the edge goes on, or <paramref name="outside"/> is there.</summary>
    public Plane Cut(Plane plane, int width, int height, float? outside = null)
    {
        var result = new Plane(width, height);
        for (var y = 0; y < height; y++)
        {
            var v = (float)(Top + (y + 0.5) / height * Height);
            for (var x = 0; x < width; x++)
            {
                var u = (float)(Left + (x + 0.5) / width * Width);
                result[x, y] = outside is { } value && (u is < 0 or > 1 || v is < 0 or > 1) ? value : plane.SampleAt(u, v);
            }
        }
        return result;
    }

    private static double Largest(PixelBox[] boxes, Func<PixelBox, double> side)
    {
        var sides = Array.ConvertAll(boxes, box => side(box));
        Array.Sort(sides);
        return sides[(int)(0.98 * (sides.Length - 1))];
    }

    private static double[] Calmed(PixelBox[] boxes, Func<PixelBox, double> place) =>
        [.. Enumerable.Range(0, boxes.Length).Select(i => boxes[Math.Max(0, i - Calm)..Math.Min(boxes.Length, i + Calm + 1)].Average(place))];
}
