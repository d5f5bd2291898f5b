namespace Kinora.Rendering.Planes;

/// <summary>Soft steps.</summary>
internal static class Smooth
{
    /// <summary>0 at <paramref name="from"/>, 1 at <paramref name="to"/> (which may be the smaller), flat at both ends: 3x² - 2x³.</summary>
    public static float Step(float from, float to, float x)
    {
        x = Math.Clamp((x - from) / (to - from), 0, 1);
        return x * x * (3 - 2 * x);
    }

    public static double Step(double from, double to, double x)
    {
        x = Math.Clamp((x - from) / (to - from), 0, 1);
        return x * x * (3 - 2 * x);
    }
}
