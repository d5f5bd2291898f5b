using Kinora.Media;

namespace Kinora.Rendering.Tests.Probes;

/// <summary>
/// Measures motion between two frames in 4x3 cells by iterated Lucas-Kanade on luma: how far the content of each cell has moved, in pixels.
/// Good for motion up to about three pixels, which is why it is used on neighbouring frames.
/// </summary>
internal static class FlowProbe
{
    public const int Columns = 4, Rows = 3;

    /// <summary>Velocity of every cell, row by row.</summary>
    public static (double X, double Y)[] Cells(VideoFrame first, VideoFrame second)
    {
        int width = first.Size.Width, height = first.Size.Height;
        float[] a = Blur(first), b = Blur(second);
        var result = new (double, double)[Columns * Rows];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
                result[row * Columns + column] = Track(a, b, width, height, Bounds(column, Columns, width), Bounds(row, Rows, height));
        }
        return result;
    }

    /// <summary>Mean motion of the whole frame.</summary>
    public static (double X, double Y) Mean(VideoFrame first, VideoFrame second)
    {
        var cells = Cells(first, second);
        return (cells.Average(cell => cell.X), cells.Average(cell => cell.Y));
    }

    /// <summary>Mean outward motion: positive when the picture grows, in parts of the distance from the centre.</summary>
    public static double Growth(VideoFrame first, VideoFrame second)
    {
        var cells = Cells(first, second);
        double numerator = 0, denominator = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var (x, y) = Centre(i, first.Size);
            numerator += cells[i].X * x + cells[i].Y * y;
            denominator += x * x + y * y;
        }
        return numerator / denominator;
    }

    /// <summary>Mean rotation in radians, positive clockwise.</summary>
    public static double Turn(VideoFrame first, VideoFrame second)
    {
        var cells = Cells(first, second);
        double numerator = 0, denominator = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var (x, y) = Centre(i, first.Size);
            numerator += cells[i].Y * x - cells[i].X * y;
            denominator += x * x + y * y;
        }
        return numerator / denominator;
    }

    private static (double X, double Y) Centre(int cell, FrameSize size) =>
        ((cell % Columns + 0.5) * size.Width / Columns - size.Width / 2.0, (cell / Columns + 0.5) * size.Height / Rows - size.Height / 2.0);

    private static (int From, int To) Bounds(int index, int count, int length) => (Math.Max(4, index * length / count), Math.Min(length - 5, (index + 1) * length / count));

    private static (double X, double Y) Track(float[] a, float[] b, int width, int height, (int From, int To) xs, (int From, int To) ys)
    {
        double u = 0, v = 0;
        for (var iteration = 0; iteration < 12; iteration++)
        {
            double xx = 1e-3, xy = 0, yy = 1e-3, xt = 0, yt = 0;
            for (var y = ys.From; y < ys.To; y += 3)
            {
                for (var x = xs.From; x < xs.To; x += 3)
                {
                    double gx = (a[y * width + x + 1] - a[y * width + x - 1]) / 2, gy = (a[(y + 1) * width + x] - a[(y - 1) * width + x]) / 2;
                    var difference = Sample(b, width, height, x + u, y + v) - a[y * width + x];
                    xx += gx * gx;
                    xy += gx * gy;
                    yy += gy * gy;
                    xt += gx * difference;
                    yt += gy * difference;
                }
            }
            var determinant = xx * yy - xy * xy;
            double du = (yy * xt - xy * yt) / determinant, dv = (xx * yt - xy * xt) / determinant;
            u -= du;
            v -= dv;
            if (Math.Abs(du) + Math.Abs(dv) < 5e-4)
                break;
        }
        return (u, v);
    }

    private static double Sample(float[] plane, int width, int height, double x, double y)
    {
        x = Math.Clamp(x, 0, width - 1.001);
        y = Math.Clamp(y, 0, height - 1.001);
        int left = (int)x, top = (int)y;
        double fx = x - left, fy = y - top;
        var at = top * width + left;
        var upper = plane[at] + (plane[at + 1] - plane[at]) * fx;
        var lower = plane[at + width] + (plane[at + width + 1] - plane[at + width]) * fx;
        return upper + (lower - upper) * fy;
    }

    private static float[] Blur(VideoFrame frame)
    {
        var plane = new Kinora.Rendering.Planes.Plane(frame.Size.Width, frame.Size.Height);
        for (var i = 0; i < plane.Length; i++)
            plane.Values[i] = frame.Data[i];
        return Kinora.Rendering.Planes.BoxFilter.Mean(Kinora.Rendering.Planes.BoxFilter.Mean(plane, 2), 2).Values;
    }
}
