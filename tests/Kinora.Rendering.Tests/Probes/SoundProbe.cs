using System.Numerics;
using Kinora.Media.Audio;

namespace Kinora.Rendering.Tests.Probes;

/// <summary>What an ear would measure: where a sound's energy lies, and how it moves.</summary>
internal static class SoundProbe
{
    private const int Window = 4096, Hop = 2048;

    /// <summary>Share of the energy between two frequencies, 0 to 1, both channels together.</summary>
    public static double Share(Soundtrack track, double low, double high) => Power(track, low, high, 0, track.Length) / Power(track, 20, 24_000, 0, track.Length);

    /// <summary>Mean power between two frequencies over some of the samples: squared Fourier coefficients under a Hann window.</summary>
    public static double Power(Soundtrack track, double low, double high, int first, int last) => Spectrum(track.Left, low, high, first, last) + Spectrum(track.Right, low, high, first, last);

    /// <summary>Root mean square of every twentieth of a second of the left channel.</summary>
    public static double[] Envelope(Soundtrack track)
    {
        var length = Soundtrack.SampleRateHz / 20;
        return [.. Enumerable.Range(0, track.Length / length).Select(i => Rms(track.Left.AsSpan(i * length, length)))];
    }

    /// <summary>Largest share of a peak in the whole: 1 for steady tones, 4 for noise, 10 and more for strokes.</summary>
    public static double Crest(Soundtrack track) => track.Left.Max(Math.Abs) / Rms(track.Left);

    /// <summary>Standard deviation of the envelope against its mean.</summary>
    public static double Unrest(Soundtrack track)
    {
        var envelope = Envelope(track);
        var mean = envelope.Average();
        return Math.Sqrt(envelope.Average(value => (value - mean) * (value - mean))) / mean;
    }

    /// <summary>The largest second difference near a sample against the largest in the second around it: 1 where nothing happens, more at a click.</summary>
    public static double Click(float[] samples, int at) =>
        Curvature(samples, at - 48, at + 48) / Math.Max(1e-9, Math.Max(Curvature(samples, at - 24_000, at - 480), Curvature(samples, at + 480, at + 24_000)));

    public static double Rms(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (var sample in samples)
            sum += sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    private static double Curvature(float[] samples, int first, int last)
    {
        double largest = 0;
        for (var i = Math.Max(1, first); i < Math.Min(samples.Length - 1, last); i++)
            largest = Math.Max(largest, Math.Abs(samples[i - 1] - 2 * samples[i] + samples[i + 1]));
        return largest;
    }

    private static double Spectrum(float[] samples, double low, double high, int first, int last)
    {
        double sum = 0;
        var count = 0;
        for (var at = first; at + Window <= last; at += Hop, count++)
        {
            var bins = new Complex[Window];
            for (var i = 0; i < Window; i++)
                bins[i] = samples[at + i] * (0.5 - 0.5 * Math.Cos(Math.Tau * i / Window));
            Transform(bins);
            for (var bin = (int)Math.Ceiling(low * Window / Soundtrack.SampleRateHz); bin < high * Window / Soundtrack.SampleRateHz; bin++)
                sum += bins[bin].Real * bins[bin].Real + bins[bin].Imaginary * bins[bin].Imaginary;
        }
        return sum / Math.Max(1, count);
    }

    // Cooley and Tukey, radix 2.
    private static void Transform(Complex[] bins)
    {
        for (int i = 1, j = 0; i < bins.Length; i++)
        {
            var bit = bins.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (bins[i], bins[j]) = (bins[j], bins[i]);
        }
        for (var length = 2; length <= bins.Length; length <<= 1)
        {
            var turn = Complex.FromPolarCoordinates(1, -Math.Tau / length);
            for (var i = 0; i < bins.Length; i += length)
            {
                var factor = Complex.One;
                for (var k = 0; k < length / 2; k++, factor *= turn)
                {
                    Complex even = bins[i + k], odd = bins[i + k + length / 2] * factor;
                    (bins[i + k], bins[i + k + length / 2]) = (even + odd, even - odd);
                }
            }
        }
    }
}
