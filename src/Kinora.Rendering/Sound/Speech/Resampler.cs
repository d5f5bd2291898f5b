using Kinora.Media.Audio;

namespace Kinora.Rendering.Sound.Speech;

/// <summary>
/// Brings a channel to 48 kHz by a windowed sinc: 24 taps, Blackman window, cut at 0.92 of the lower half rate, so that no image of the speech is left above
/// its own band. Taps for 256 places between two samples are computed once per rate.
/// </summary>
internal static class Resampler
{
    private const int Taps = 24, Places = 256;

    public static float[] To48k(float[] samples, int sampleRateHz)
    {
        if (sampleRateHz == Soundtrack.SampleRateHz || samples.Length == 0)
            return samples;
        var ratio = (double)sampleRateHz / Soundtrack.SampleRateHz;
        var table = Table(0.92 * Math.Min(1, 1 / ratio));
        var result = new float[(int)(samples.Length / ratio)];
        for (var i = 0; i < result.Length; i++)
        {
            var position = i * ratio;
            var whole = (int)position;
            result[i] = Sum(samples, whole - Taps / 2 + 1, table[(int)((position - whole) * Places)]);
        }
        return result;
    }

    private static float Sum(float[] samples, int first, float[] taps)
    {
        float sum = 0;
        int from = Math.Max(0, -first), to = Math.Min(Taps, samples.Length - first);
        for (var tap = from; tap < to; tap++)
            sum += samples[first + tap] * taps[tap];
        return sum;
    }

    private static float[][] Table(double cut)
    {
        var table = new float[Places][];
        for (var place = 0; place < Places; place++)
        {
            table[place] = new float[Taps];
            for (var tap = 0; tap < Taps; tap++)
            {
                var x = tap - Taps / 2 + 1 - (place + 0.5) / Places;
                var edge = (x / (Taps / 2) + 1) / 2;
                var window = edge is <= 0 or >= 1 ? 0 : 0.42 - 0.5 * Math.Cos(Math.Tau * edge) + 0.08 * Math.Cos(2 * Math.Tau * edge);
                table[place][tap] = (float)(window * cut * (x == 0 ? 1 : Math.Sin(Math.PI * x * cut) / (Math.PI * x * cut)));
            }
        }
        return table;
    }
}
