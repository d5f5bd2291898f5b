using Kinora.Rendering.Planes;
using Kinora.Rendering.Sound;

namespace Kinora.Rendering.Transition;

/// <summary>A turn, a scale and a shift: x' = a x - b y + c, y' = b x + a y + d, in pixels of the flow.</summary>
internal sealed record Similarity(double A, double B, double C, double D)
{
    private const int Trials = 200;
    private const double Tolerance = 3;

    /// <summary>The similarity that most of the trusted vectors follow (M. Fischler, R. Bolles, "Random Sample Consensus", 1981), the share of all pixels that do, and the share of the trusted ones.</summary>
    public static (Similarity Fit, double Share, double OfTrusted) Of(DenseFlow flow, Plane trust)
    {
        var points = Points(flow, trust);
        var chance = new NoiseSource(1, 0);
        var best = new Similarity(1, 0, 0, 0);
        var most = 0;
        for (var trial = 0; trial < Trials && points.Count > 8; trial++)
        {
            var (first, second) = (points[(int)(chance.Uniform() * points.Count)], points[(int)(chance.Uniform() * points.Count)]);
            if (Math.Abs(first.X - second.X) + Math.Abs(first.Y - second.Y) < flow.U.Width / 8.0)
                continue;
            var fit = Least([first, second]);
            var inliers = points.Count(point => fit.Error(point) < Tolerance);
            if (inliers > most)
                (best, most) = (fit, inliers);
        }
        var agreeing = points.FindAll(point => best.Error(point) < Tolerance);
        return (agreeing.Count > 8 ? Least(agreeing) : best, agreeing.Count * (double)(Step * Step) / flow.U.Length, agreeing.Count / Math.Max(1.0, points.Count));
    }

    public Similarity Inverse()
    {
        var square = A * A + B * B;
        double a = A / square, b = -B / square;
        return new Similarity(a, b, -(a * C - b * D), -(b * C + a * D));
    }

    public DenseFlow ToFlow(int width, int height)
    {
        Plane u = new(width, height), v = new(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                (u[x, y], v[x, y]) = ((float)(A * x - B * y + C - x), (float)(B * x + A * y + D - y));
        }
        return new DenseFlow(u, v);
    }

    private const int Step = 4;

    private double Error(Point point) => Math.Abs(A * point.X - B * point.Y + C - point.ToX) + Math.Abs(B * point.X + A * point.Y + D - point.ToY);

    private static List<Point> Points(DenseFlow flow, Plane trust)
    {
        var points = new List<Point>();
        for (var y = 0; y < trust.Height; y += Step)
        {
            for (var x = 0; x < trust.Width; x += Step)
            {
                if (trust[x, y] > 0.6f)
                    points.Add(new Point(x, y, x + flow.U[x, y], y + flow.V[x, y]));
            }
        }
        return points;
    }

    // Least squares about both centres of gravity.
    private static Similarity Least(List<Point> points)
    {
        double x = points.Average(p => p.X), y = points.Average(p => p.Y), toX = points.Average(p => p.ToX), toY = points.Average(p => p.ToY);
        double same = 0, cross = 0, size = 1e-9;
        foreach (var p in points)
        {
            same += (p.X - x) * (p.ToX - toX) + (p.Y - y) * (p.ToY - toY);
            cross += (p.X - x) * (p.ToY - toY) - (p.Y - y) * (p.ToX - toX);
            size += (p.X - x) * (p.X - x) + (p.Y - y) * (p.Y - y);
        }
        double a = same / size, b = cross / size;
        return new Similarity(a, b, toX - a * x + b * y, toY - b * x - a * y);
    }

    private readonly record struct Point(double X, double Y, double ToX, double ToY);
}
