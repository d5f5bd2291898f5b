namespace Kinora.Rendering.Camera;

/// <summary>Progress curves: 0 at 0, 1 at 1, speed without jumps.</summary>
internal static class Ease
{
    public static double Progress(Easing easing, double time)
    {
        time = Math.Clamp(time, 0, 1);
        return easing switch
        {
            Easing.Steady => Trapezoid(time, 0.08, 0.08),
            Easing.Sudden => time < 0.25 ? 0.9 * Trapezoid(time / 0.25, 0.3, 0.7) : 0.9 + 0.1 * Trapezoid((time - 0.25) / 0.75, 0.05, 0.6),
            _ => Trapezoid(time, 0.3, 0.3),
        };
    }

    /// <summary>
    /// Constant speed between two ramps of the given lengths (fractions of the whole). In a ramp the speed follows 3x² - 2x³,
    /// whose integral is x³ - x⁴/2: acceleration starts and ends at zero.
    /// </summary>
    public static double Trapezoid(double time, double rampIn, double rampOut)
    {
        var speed = 1 / (1 - (rampIn + rampOut) / 2);
        if (time < rampIn)
            return speed * rampIn * Ramp(time / rampIn);
        return time > 1 - rampOut ? 1 - speed * rampOut * Ramp((1 - time) / rampOut) : speed * (time - rampIn / 2);
    }

    private static double Ramp(double x) => x * x * x - x * x * x * x / 2;
}
