namespace Kinora.Diffusion.Schedulers;

/// <summary>
/// Evenly spaced noise levels, shifted towards noise for larger clips (<see href="https://arxiv.org/abs/2403.03206">Stable Diffusion 3</see>, section
/// 5.3.2), and stretched so that the last is a given one.
/// </summary>
public static class UniformSchedule
{
    /// <summary>Levels 1 … 1/n.</summary>
    /// <param name="steps">n, 1 to 1000.</param>
    /// <param name="tokens">Latents of the clip, for the shift; null for none.</param>
    /// <param name="lastLevel">The last level after shifting, or null.</param>
    public static float[] Create(int steps, int? tokens = null, float? lastLevel = null)
    {
        ScheduleCheck.Steps(steps);
        var levels = new double[steps];
        for (var i = 0; i < steps; i++)
            levels[i] = steps == 1 ? 1 : 1 - (i * (1 - (1.0 / steps)) / (steps - 1));
        if (tokens is { } count)
            Shift(levels, count);
        if (lastLevel is { } last && steps > 1)
            Stretch(levels, last);
        return [.. levels.Select(level => (float)level)];
    }

    // σ = e^s / (e^s + 1/t - 1), s linear from 0.95 at 1024 tokens to 2.05 at 4096.
    private static void Shift(double[] levels, int tokens)
    {
        const double Slope = (2.05 - 0.95) / (4096 - 1024);
        var shift = Math.Exp((Slope * tokens) + 0.95 - (1024 * Slope));
        for (var i = 0; i < levels.Length; i++)
            levels[i] = shift / (shift + (1 / levels[i]) - 1);
    }

    private static void Stretch(double[] levels, double last)
    {
        var factor = (1 - last) / (1 - levels[^1]);
        for (var i = 0; i < levels.Length; i++)
            levels[i] = 1 - ((1 - levels[i]) * factor);
    }
}
