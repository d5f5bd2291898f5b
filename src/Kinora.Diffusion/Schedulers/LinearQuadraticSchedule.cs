namespace Kinora.Diffusion.Schedulers;

/// <summary>
/// Noise levels that fall slowly and evenly in the first half and quadratically in the second
/// (<see href="https://arxiv.org/abs/2410.13720">Movie Gen</see>).
/// </summary>
public static class LinearQuadraticSchedule
{
    private const double Threshold = 0.025;

    /// <summary>The levels, from 1 down, without the final 0.</summary>
    /// <param name="steps">1 to 1000.</param>
    public static float[] Create(int steps)
    {
        ScheduleCheck.Steps(steps);
        if (steps == 1)
            return [1];
        var linear = steps / 2;
        var rest = steps - linear;
        var gap = linear - (Threshold * steps);
        var quadratic = gap / (linear * (double)rest * rest);
        var slope = (Threshold / linear) - (2 * gap / ((double)rest * rest));
        var offset = quadratic * linear * linear;
        var levels = new float[steps];
        for (var i = 0; i < steps; i++)
            levels[i] = (float)(1 - (i < linear ? i * Threshold / linear : (quadratic * i * i) + (slope * i) + offset));
        return levels;
    }
}
