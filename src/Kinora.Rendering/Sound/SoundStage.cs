using Kinora.Media.Audio;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Planes;
using Kinora.Rendering.Sound.Beds;
using Kinora.Rendering.Sound.Events;
using Kinora.Rendering.Sound.Music;
using Kinora.Rendering.Sound.Speech;

namespace Kinora.Rendering.Sound;

/// <summary>
/// Synthesises what the plan wants to be heard, mixes it and brings it to its loudness. One thread, no state of its own: the same plan, lines and seed give the
/// same samples, and any number of soundtracks may be composed at once.
/// </summary>
internal static class SoundStage
{
    private const int Rate = Soundtrack.SampleRateHz;
    private const double FadeInSeconds = 0.05, FadeOutSeconds = 0.2;

    // Beds of one shot make room for those of the next for this long on both sides of the cut.
    private const double CrossFadeSeconds = 0.12;

    // Under music the ambience steps back.
    private const double UnderMusicDb = -4;

    public static Soundtrack Compose(SoundPlan plan, IReadOnlyList<RecordedLine> lines, int samples, long seed, CancellationToken cancellationToken)
    {
        float[] left = new float[samples], right = new float[samples];
        for (var i = 0; i < plan.Beds.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddBed(plan.Beds[i], plan.Music is null ? 0 : UnderMusicDb, left, right, seed + i);
        }
        for (var i = 0; i < plan.Events.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddEvent(plan.Events[i], left, right, new NoiseSource(seed, 1000 + i));
        }
        cancellationToken.ThrowIfCancellationRequested();
        if (plan.Music is not null)
            AddMusic(Mood.Named(plan.Music.Mood), left, right, seed);
        Ducking.Apply(lines, left, right);
        foreach (var line in lines)
            VoiceChain.Add(line, plan.Indoors, Loudness.SpeechLufs, left, right);
        cancellationToken.ThrowIfCancellationRequested();
        CutRumble(left);
        CutRumble(right);
        Fade(left, Samples(FadeInSeconds), Samples(FadeOutSeconds));
        Fade(right, Samples(FadeInSeconds), Samples(FadeOutSeconds));
        return Master.To(new Soundtrack(left, right), lines.Count > 0 ? Loudness.SpeechLufs : Loudness.AmbienceLufs);
    }

    private static void AddBed(BedPlan plan, double offsetDb, float[] left, float[] right, long seed)
    {
        var end = double.IsFinite(plan.EndSeconds) ? plan.EndSeconds + CrossFadeSeconds : double.PositiveInfinity;
        int first = Math.Max(0, Samples(plan.StartSeconds - CrossFadeSeconds)), last = (int)Math.Min(left.Length, end * Rate);
        if (last <= first)
            return;
        float[] bedLeft = new float[last - first], bedRight = new float[last - first];
        SoundBeds.Named(plan.Bed).Fill(bedLeft, bedRight, seed);
        Stereo.Lean(bedLeft, bedRight, plan.Pan);
        int fadeIn = first > 0 ? Samples(2 * CrossFadeSeconds) : 0, fadeOut = last < left.Length ? Samples(2 * CrossFadeSeconds) : 0;
        var gain = Gain(bedLeft, bedRight, Loudness.AmbienceLufs + plan.Level + offsetDb);
        EqualPower(bedLeft, fadeIn, fadeOut);
        EqualPower(bedRight, fadeIn, fadeOut);
        Grains.Mix(left, first, bedLeft, gain);
        Grains.Mix(right, first, bedRight, gain);
    }

    private static void AddEvent(EventPlan plan, float[] left, float[] right, NoiseSource noise)
    {
        var sound = SoundEvents.Named(plan.Sound);
        int first = Samples(plan.StartSeconds), span = Math.Min(left.Length - first, Samples(plan.EndSeconds - plan.StartSeconds));
        if (span <= 0)
            return;
        var output = new float[Math.Min(left.Length - first, span + Samples(sound.Seconds))];
        sound.Fill(output, span, plan.Speed, noise);
        var peak = output.Max(Math.Abs);
        if (peak > 0)
            Stereo.AddMoving(left, right, first, output, Decibels(Loudness.AmbienceLufs + sound.Prominence + plan.Level) / peak, plan.PanStart, plan.PanEnd, span);
    }

    private static void AddMusic(Mood mood, float[] left, float[] right, long seed)
    {
        float[] musicLeft = new float[left.Length], musicRight = new float[left.Length];
        Pad.Fill(musicLeft, musicRight, mood, seed);
        var gain = Gain(musicLeft, musicRight, Loudness.AmbienceLufs);
        Grains.Mix(left, 0, musicLeft, gain);
        Grains.Mix(right, 0, musicRight, gain);
    }

    private static float Gain(float[] left, float[] right, double lufs)
    {
        var measured = LoudnessMeter.MeasureLufs(new Soundtrack(left, right));
        return double.IsNegativeInfinity(measured) ? 0 : (float)Decibels(lufs - measured);
    }

    // What no loudspeaker plays only takes headroom.
    private static void CutRumble(float[] channel)
    {
        var high = Biquad.HighPass(42);
        for (var i = 0; i < channel.Length; i++)
            channel[i] = (float)high.Next(channel[i]);
    }

    private static void Fade(float[] channel, int fadeIn, int fadeOut)
    {
        for (var i = 0; i < Math.Min(fadeIn, channel.Length); i++)
            channel[i] *= Smooth.Step(0f, fadeIn, i);
        for (var i = 0; i < Math.Min(fadeOut, channel.Length); i++)
            channel[^(i + 1)] *= Smooth.Step(0f, fadeOut, i);
    }

    private static void EqualPower(float[] channel, int fadeIn, int fadeOut)
    {
        for (var i = 0; i < Math.Min(fadeIn, channel.Length); i++)
            channel[i] *= (float)Math.Sin(Math.PI / 2 * i / fadeIn);
        for (var i = 0; i < Math.Min(fadeOut, channel.Length); i++)
            channel[^(i + 1)] *= (float)Math.Sin(Math.PI / 2 * i / fadeOut);
    }

    private static int Samples(double seconds) => (int)Math.Round(seconds * Rate);

    private static double Decibels(double value) => Math.Pow(10, value / 20);
}
