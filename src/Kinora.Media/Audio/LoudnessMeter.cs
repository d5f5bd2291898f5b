namespace Kinora.Media.Audio;

/// <summary>Measures a soundtrack by ITU-R BS.1770-4 (https://www.itu.int/rec/R-REC-BS.1770): integrated loudness and true peak.</summary>
public static class LoudnessMeter
{
    /// <summary>Gating blocks last 400 ms and overlap by three quarters (annex 1).</summary>
    private const int StepSamples = Soundtrack.SampleRateHz / 10;

    private const int StepsPerBlock = 4;

    private const double AbsoluteGateLufs = -70;

    private const double RelativeGateLu = -10;

    /// <summary>
    /// Integrated loudness in LUFS: blocks under -70 LUFS and then under 10 LU below the rest's mean do not count.
    /// Negative infinity for silence. A soundtrack shorter than one block of 400 ms is measured as one block.
    /// </summary>
    public static double MeasureLufs(Soundtrack soundtrack)
    {
        ArgumentNullException.ThrowIfNull(soundtrack);
        var blocks = BlockPowers(soundtrack);
        var loud = blocks.Where(power => ToLufs(power) > AbsoluteGateLufs).ToList();
        if (loud.Count == 0)
            return double.NegativeInfinity;
        var gate = ToLufs(loud.Average()) + RelativeGateLu;
        return ToLufs(loud.Where(power => ToLufs(power) > gate).Average());
    }

    /// <summary>True peak in dBTP: the largest magnitude of either channel after 4x oversampling (annex 2). Negative infinity for silence.</summary>
    public static double MeasureTruePeakDb(Soundtrack soundtrack)
    {
        ArgumentNullException.ThrowIfNull(soundtrack);
        return 20 * Math.Log10(Math.Max(TruePeak.Of(soundtrack.Left), TruePeak.Of(soundtrack.Right)));
    }

    private static double ToLufs(double power) => -0.691 + (10 * Math.Log10(power));

    /// <summary>Mean square of every gating block, both channels added.</summary>
    private static List<double> BlockPowers(Soundtrack soundtrack)
    {
        var steps = StepSums(soundtrack);
        if (steps.Count < StepsPerBlock)
            return [soundtrack.Length == 0 ? 0 : Energy(soundtrack) / soundtrack.Length];
        var powers = new List<double>(steps.Count);
        for (var i = StepsPerBlock; i <= steps.Count; i++)
            powers.Add(steps.GetRange(i - StepsPerBlock, StepsPerBlock).Sum() / (StepsPerBlock * StepSamples));
        return powers;
    }

    private static List<double> StepSums(Soundtrack soundtrack)
    {
        var (left, right) = (new KWeighting(), new KWeighting());
        var sums = new List<double>();
        for (var start = 0; start + StepSamples <= soundtrack.Length; start += StepSamples)
            sums.Add(Energy(soundtrack.Left.AsSpan(start, StepSamples), left) + Energy(soundtrack.Right.AsSpan(start, StepSamples), right));
        return sums;
    }

    private static double Energy(Soundtrack soundtrack) => Energy(soundtrack.Left, new KWeighting()) + Energy(soundtrack.Right, new KWeighting());

    private static double Energy(ReadOnlySpan<float> samples, KWeighting filter)
    {
        double sum = 0;
        foreach (var sample in samples)
        {
            var weighted = filter.Next(sample);
            sum += weighted * weighted;
        }

        return sum;
    }
}
