using Kinora.Media.Audio;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Planes;
using Kinora.Rendering.Sound.Beds;

namespace Kinora.Rendering.Sound;

/// <summary>Synthesises what the plan wants to be heard, mixes it and brings it to its loudness.</summary>
internal static class SoundStage
{
    /// <summary>Loudness of ambience alone, in LUFS.</summary>
    public const double AmbienceLoudness = -23;

    /// <summary>No true peak above this, in dBTP; the encoder needs some room.</summary>
    public const double PeakCeiling = -1.5;

    private const double FadeInSeconds = 0.05, FadeOutSeconds = 0.25;

    public static Soundtrack Compose(SoundPlan plan, int samples, long seed, CancellationToken cancellationToken)
    {
        float[] left = new float[samples], right = new float[samples];
        foreach (var bed in plan.Beds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddBed(bed, left, right, seed);
        }
        cancellationToken.ThrowIfCancellationRequested();
        Fade(left);
        Fade(right);
        Scale(left, right, AmbienceLoudness);
        PeakLimiter.Apply(left, right, (float)Decibels(PeakCeiling));
        return new Soundtrack(left, right);
    }

    private static void AddBed(BedPlan plan, float[] left, float[] right, long seed)
    {
        float[] bedLeft = new float[left.Length], bedRight = new float[left.Length];
        SoundBeds.Named(plan.Bed).Fill(bedLeft, bedRight, seed);
        Scale(bedLeft, bedRight, AmbienceLoudness + plan.Level);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] += bedLeft[i];
            right[i] += bedRight[i];
        }
    }

    private static void Scale(float[] left, float[] right, double target)
    {
        var loudness = Loudness.Integrated(left, right);
        if (double.IsNegativeInfinity(loudness))
            return;
        var gain = (float)Decibels(target - loudness);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] *= gain;
            right[i] *= gain;
        }
    }

    private static void Fade(float[] channel)
    {
        int fadeIn = (int)(FadeInSeconds * Soundtrack.SampleRateHz), fadeOut = (int)(FadeOutSeconds * Soundtrack.SampleRateHz);
        for (var i = 0; i < Math.Min(fadeIn, channel.Length); i++)
            channel[i] *= Smooth.Step(0f, fadeIn, i);
        for (var i = 0; i < Math.Min(fadeOut, channel.Length); i++)
            channel[^(i + 1)] *= Smooth.Step(0f, fadeOut, i);
    }

    private static double Decibels(double value) => Math.Pow(10, value / 20);
}
