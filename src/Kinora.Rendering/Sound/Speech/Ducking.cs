namespace Kinora.Rendering.Sound.Speech;

/// <summary>Lowers everything else while somebody speaks: down before the first word, up again after the last.</summary>
internal static class Ducking
{
    public const double Db = -10;

    private const double Down = 0.18, Up = 0.45, Hold = 0.12;

    public static void Apply(IReadOnlyList<RecordedLine> lines, Span<float> left, Span<float> right)
    {
        if (lines.Count == 0)
            return;
        double gain = Gain(lines, 0);
        for (int step = 0, i = 0; i < left.Length; step++)
        {
            var slope = (Gain(lines, (step + 1) * Steps.Seconds) - gain) / Steps.Samples;
            for (var end = Steps.End(step, left.Length); i < end; i++, gain += slope)
            {
                left[i] *= (float)gain;
                right[i] *= (float)gain;
            }
        }
    }

    private static double Gain(IReadOnlyList<RecordedLine> lines, double time)
    {
        double depth = 0;
        foreach (var line in lines)
        {
            var before = (time - (line.StartSeconds - Down - 0.03)) / Down;
            var after = (line.EndSeconds + Hold + Up - time) / Up;
            depth = Math.Max(depth, Planes.Smooth.Step(0.0, 1, Math.Min(before, after)));
        }
        return Math.Pow(10, Db * depth / 20);
    }
}
