using Kinora.Media.Audio;

namespace Kinora.Rendering.Sound.Events;

/// <summary>What struck things are made of: rings of modes and bursts of filtered noise.</summary>
internal static class Strokes
{
    /// <summary>Adds a burst of noise through a band: a thud when low, a click when high.</summary>
    public static void Burst(Span<float> output, double atSeconds, double hertz, double quality, double decaySeconds, double level, NoiseSource noise)
    {
        var band = Biquad.BandPass(hertz, quality);
        var burst = new float[(int)(6 * decaySeconds * Soundtrack.SampleRateHz)];
        // A narrow band lets less of the noise through; this makes up for it.
        var gain = level * Math.Sqrt(Soundtrack.SampleRateHz * quality / hertz / 8);
        for (var i = 0; i < burst.Length; i++)
            burst[i] = (float)(gain * band.Next(noise.White()) * Math.Exp(-i / (decaySeconds * Soundtrack.SampleRateHz)) * Math.Min(1, (i + 1) / 24.0) * Math.Min(1, (burst.Length - i) / 400.0));
        Grains.Mix(output, (int)(atSeconds * Soundtrack.SampleRateHz), burst, 1);
    }

    /// <summary>Adds a mode: a tone that starts softly within a millisecond and dies away.</summary>
    public static void Mode(Span<float> output, double atSeconds, double hertz, double decaySeconds, double level, double glide = 1)
    {
        var ring = Grains.Ring((int)(5 * decaySeconds * Soundtrack.SampleRateHz), hertz, decaySeconds, glide);
        for (var i = 0; i < Math.Min(48, ring.Length); i++)
            ring[i] *= i / 48f;
        for (var i = 1; i <= Math.Min(400, ring.Length); i++)
            ring[^i] *= i / 400f;
        Grains.Mix(output, (int)(atSeconds * Soundtrack.SampleRateHz), ring, (float)level);
    }
}
