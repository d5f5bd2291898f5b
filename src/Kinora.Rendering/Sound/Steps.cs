namespace Kinora.Rendering.Sound;

/// <summary>Slow things (gusts, swells, filters) are computed once per step of 32 samples, two thirds of a millisecond; gains go in a straight line between.</summary>
internal static class Steps
{
    public const int Samples = 32;

    public const double Seconds = (double)Samples / Media.Audio.Soundtrack.SampleRateHz;

    /// <summary>How many steps cover a number of samples.</summary>
    public static int Count(int samples) => (samples + Samples - 1) / Samples;

    /// <summary>Where a step ends.</summary>
    public static int End(int step, int samples) => Math.Min(samples, (step + 1) * Samples);
}
