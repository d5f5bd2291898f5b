using System.Numerics;
using Kinora.Rendering.Planes;
using Plane = Kinora.Rendering.Planes.Plane;

namespace Kinora.Rendering.Depth;

/// <summary>
/// How unlike the picture's border each colour is: the Mahalanobis distance to the colours of each of the four sides, averaged over the three
/// sides it resembles most (the subject may touch one side).
/// </summary>
internal static class BorderContrast
{
    public static Plane Of(WorkPicture picture)
    {
        var sides = new Plane[4];
        for (var side = 0; side < 4; side++)
            sides[side] = Distance(picture, side);
        var result = new Plane(picture.Width, picture.Height);
        for (var i = 0; i < result.Length; i++)
        {
            float a = sides[0].Values[i], b = sides[1].Values[i], c = sides[2].Values[i], d = sides[3].Values[i];
            result.Values[i] = (a + b + c + d - Math.Max(Math.Max(a, b), Math.Max(c, d))) / 3;
        }
        return result;
    }

    private static Plane Distance(WorkPicture picture, int side)
    {
        var (mean, inverse) = Colours(picture, side);
        var result = new Plane(picture.Width, picture.Height);
        var (c0, c1, c2) = (picture.Lightness.Values, picture.RedGreen.Values, picture.YellowBlue.Values);
        var end = result.Length - Vector<float>.Count;
        for (var i = 0; i <= end; i += Vector<float>.Count)
            At(i).CopyTo(result.Values, i);
        At(end).CopyTo(result.Values, end);
        var scale = 1 / (PlaneStatistics.Quantile(result, 0.99) + 1e-6f);
        for (var i = 0; i < result.Length; i++)
            result.Values[i] = Math.Min(1, result.Values[i] * scale);
        return result;

        Vector<float> At(int i)
        {
            Vector.Widen(new Vector<float>(c0, i), out var a0, out var a1);
            Vector.Widen(new Vector<float>(c1, i), out var b0, out var b1);
            Vector.Widen(new Vector<float>(c2, i), out var d0, out var d1);
            return Vector.Narrow(Length(a0, b0, d0), Length(a1, b1, d1));
        }

        Vector<double> Length(Vector<double> a, Vector<double> b, Vector<double> c)
        {
            (a, b, c) = (a - new Vector<double>(mean[0]), b - new Vector<double>(mean[1]), c - new Vector<double>(mean[2]));
            var squared = inverse[0] * a * a + inverse[3] * b * b + inverse[5] * c * c + 2 * (inverse[1] * a * b + inverse[2] * a * c + inverse[4] * b * c);
            return Vector.SquareRoot(Vector.Max(Vector<double>.Zero, squared));
        }
    }

    private static (double[] Mean, double[] Inverse) Colours(WorkPicture picture, int side)
    {
        int width = picture.Width, height = picture.Height, band = Math.Max(6, width / 24);
        var (left, right) = side switch { 2 => (0, band), 3 => (width - band, width), _ => (0, width) };
        var (top, bottom) = side switch { 0 => (0, band), 1 => (height - band, height), _ => (0, height) };
        var sum = new double[3];
        var products = new double[6];
        var channels = picture.Channels;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                double a = channels[0][x, y], b = channels[1][x, y], c = channels[2][x, y];
                sum[0] += a;
                sum[1] += b;
                sum[2] += c;
                products[0] += a * a;
                products[1] += a * b;
                products[2] += a * c;
                products[3] += b * b;
                products[4] += b * c;
                products[5] += c * c;
            }
        }
        var count = (double)(right - left) * (bottom - top);
        double[] mean = [sum[0] / count, sum[1] / count, sum[2] / count];
        return (mean, Invert(
            products[0] / count - mean[0] * mean[0] + Floor, products[1] / count - mean[0] * mean[1], products[2] / count - mean[0] * mean[2],
            products[3] / count - mean[1] * mean[1] + Floor, products[4] / count - mean[1] * mean[2], products[5] / count - mean[2] * mean[2] + Floor));
    }

    // Keeps a border of one colour from being infinitely certain.
    private const double Floor = 2e-3;

    private static double[] Invert(double a, double b, double c, double d, double e, double f)
    {
        double aa = d * f - e * e, ab = c * e - b * f, ac = b * e - c * d, scale = 1 / (a * aa + b * ab + c * ac);
        return [aa * scale, ab * scale, ac * scale, (a * f - c * c) * scale, (b * c - a * e) * scale, (a * d - b * b) * scale];
    }
}
