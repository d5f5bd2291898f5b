using Kinora.Media.Audio;

namespace Kinora.Rendering.Sound;

/// <summary>Integrated loudness by ITU-R BS.1770-4 (https://www.itu.int/rec/R-REC-BS.1770): K-weighting, 400 ms blocks, two gates.</summary>
internal static class Loudness
{
    private const int Block = Soundtrack.SampleRateHz * 4 / 10, Hop = Soundtrack.SampleRateHz / 10;
    private const double AbsoluteGate = -70, RelativeGate = -10;

    /// <summary>LUFS, or negative infinity for silence. A clip shorter than a block counts as one block.</summary>
    public static double Integrated(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var energy = new double[left.Length];
        AddWeighted(left, energy);
        AddWeighted(right, energy);
        var blocks = Blocks(energy);
        var audible = blocks.Where(power => Level(power) > AbsoluteGate).ToList();
        if (audible.Count == 0)
            return double.NegativeInfinity;
        var gate = Level(audible.Average()) + RelativeGate;
        return Level(audible.Where(power => Level(power) > gate).Average());
    }

    private static double Level(double power) => -0.691 + 10 * Math.Log10(power + 1e-15);

    // The two filters of annex 1, tables 1 and 2, at 48 kHz.
    private static void AddWeighted(ReadOnlySpan<float> channel, double[] energy)
    {
        var shelf = new Biquad(1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
        var high = new Biquad(1, -2, 1, -1.99004745483398, 0.99007225036621);
        for (var i = 0; i < channel.Length; i++)
        {
            var value = high.Next(shelf.Next(channel[i]));
            energy[i] += value * value;
        }
    }

    private static List<double> Blocks(double[] energy)
    {
        var block = Math.Min(Block, energy.Length);
        var result = new List<double>();
        for (var start = 0; start + block <= energy.Length; start += Hop)
        {
            double sum = 0;
            for (var i = start; i < start + block; i++)
                sum += energy[i];
            result.Add(sum / block);
        }
        return result;
    }
}
