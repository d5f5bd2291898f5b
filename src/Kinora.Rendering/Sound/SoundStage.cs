using Kinora.Media.Audio;
using Kinora.Media.Speech;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Planes;
using Kinora.Rendering.Sound.Beds;
using Kinora.Rendering.Sound.Events;

namespace Kinora.Rendering.Sound;

/// <summary>Synthesises what the plan wants to be heard, mixes it and brings it to its loudness.</summary>
internal static class SoundStage
{
    private const double FadeInSeconds = 0.05, FadeOutSeconds = 0.25, DuckDecibels = -10, SpeechOverAmbience = 7;

    /// <param name="plan">What is to be heard.</param>
    /// <param name="samples">Exact length.</param>
    /// <param name="seed">For noise and chance.</param>
    /// <param name="speak">Speaks a sentence (mono, 48 kHz); null if nobody can, and then the plan's speech stays silent.</param>
    /// <param name="cancellationToken">Stops between the sounds.</param>
    public static async Task<Soundtrack> ComposeAsync(
        SoundPlan plan, int samples, long seed, Func<SpeechRequest, CancellationToken, Task<float[]>>? speak, CancellationToken cancellationToken)
    {
        var track = Compose(plan, samples, seed, cancellationToken);
        if (speak is null || plan.Speech.Count == 0)
            return Loudness.Normalize(track, Loudness.AmbienceLufs);
        var voice = new Soundtrack(new float[samples], new float[samples]);
        foreach (var line in plan.Speech)
            Voice.Place(await speak(line.Request, cancellationToken), line, voice);
        Scale(voice, Loudness.AmbienceLufs + SpeechOverAmbience);
        Voice.Duck(track, voice, DuckDecibels);
        Add(track, voice);
        Fade(track);
        return Loudness.Normalize(track, Loudness.SpeechLufs);
    }

    /// <summary>Everything but speech, faded at both ends, beds at the loudness of ambience.</summary>
    public static Soundtrack Compose(SoundPlan plan, int samples, long seed, CancellationToken cancellationToken)
    {
        var track = new Soundtrack(new float[samples], new float[samples]);
        foreach (var bed in plan.Beds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var layer = new Soundtrack(new float[samples], new float[samples]);
            SoundBeds.Named(bed.Bed).Fill(layer.Left, layer.Right, seed);
            Scale(layer, Loudness.AmbienceLufs + bed.Level);
            Add(track, layer);
        }
        foreach (var item in plan.Events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddEvent(item, track, seed);
        }
        Fade(track);
        return track;
    }

    private static void AddEvent(EventPlan plan, Soundtrack track, long seed)
    {
        var start = (int)(plan.Seconds * Soundtrack.SampleRateHz);
        var length = Math.Min((int)(plan.Length * Soundtrack.SampleRateHz), track.Length - start);
        if (length <= 0)
            return;
        var mono = new float[length];
        SoundEvents.Named(plan.Event).Add(mono, new NoiseSource(seed, 40 + start % 997));
        var (left, right) = Gains(plan.Pan);
        var fade = Math.Min(length, Soundtrack.SampleRateHz / 10);
        for (var i = 0; i < length; i++)
        {
            var value = mono[i] * 0.35f * Smooth.Step(0f, fade, length - i);
            track.Left[start + i] += value * left;
            track.Right[start + i] += value * right;
        }
    }

    /// <summary>Equal power: what goes from one side to the other keeps its loudness.</summary>
    public static (float Left, float Right) Gains(double pan)
    {
        var angle = (Math.Clamp(pan, -1, 1) + 1) * Math.PI / 4;
        return ((float)(Math.Cos(angle) * Math.Sqrt(2)), (float)(Math.Sin(angle) * Math.Sqrt(2)));
    }

    private static void Add(Soundtrack track, Soundtrack layer)
    {
        for (var i = 0; i < track.Length; i++)
        {
            track.Left[i] += layer.Left[i];
            track.Right[i] += layer.Right[i];
        }
    }

    private static void Scale(Soundtrack track, double target)
    {
        var loudness = LoudnessMeter.MeasureLufs(track);
        if (!double.IsFinite(loudness))
            return;
        var gain = (float)Math.Pow(10, (target - loudness) / 20);
        for (var i = 0; i < track.Length; i++)
        {
            track.Left[i] *= gain;
            track.Right[i] *= gain;
        }
    }

    private static void Fade(Soundtrack track)
    {
        int fadeIn = (int)(FadeInSeconds * Soundtrack.SampleRateHz), fadeOut = (int)(FadeOutSeconds * Soundtrack.SampleRateHz);
        foreach (var channel in (float[][])[track.Left, track.Right])
        {
            for (var i = 0; i < Math.Min(fadeIn, channel.Length); i++)
                channel[i] *= Smooth.Step(0f, fadeIn, i);
            for (var i = 0; i < Math.Min(fadeOut, channel.Length); i++)
                channel[^(i + 1)] *= Smooth.Step(0f, fadeOut, i);
        }
    }
}
