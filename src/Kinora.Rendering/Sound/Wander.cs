namespace Kinora.Rendering.Sound;

/// <summary>A slow random curve between 0 and 1, one value per step: random points joined by a Catmull-Rom spline. Gusts, swells, syllables.</summary>
internal static class Wander
{
    /// <param name="noise">Where the points come from.</param>
    /// <param name="samples">Length that the curve covers; it has one value more than there are steps.</param>
    /// <param name="hertz">About how often it goes up and down in a second.</param>
    public static double[] Curve(NoiseSource noise, int samples, double hertz)
    {
        var stepsPerPoint = 1 / (2 * hertz * Steps.Seconds);
        var curve = new double[Steps.Count(samples) + 1];
        var points = new double[(int)(curve.Length / stepsPerPoint) + 5];
        for (var i = 0; i < points.Length; i++)
            points[i] = noise.Uniform();
        for (var i = 0; i < curve.Length; i++)
            curve[i] = At(points, i / stepsPerPoint);
        return curve;
    }

    private static double At(double[] points, double x)
    {
        var at = Math.Min((int)x, points.Length - 4);
        var t = x - at;
        double a = points[at], b = points[at + 1], c = points[at + 2], d = points[at + 3];
        return Math.Clamp(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))), 0, 1);
    }
}
