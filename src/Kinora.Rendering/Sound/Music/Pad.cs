using Kinora.Media.Audio;

namespace Kinora.Rendering.Sound.Music;

/// <summary>Slow chords of warm tones, each note twice a hair apart and spread over both channels; a chord swells in while the last one fades.</summary>
internal static class Pad
{
    private const double Root = 110, Detune = 0.0022, SwellSeconds = 0.9;

    public static void Fill(Span<float> left, Span<float> right, Mood mood, long seed)
    {
        var noise = new NoiseSource(seed, 21);
        var seconds = (double)left.Length / Soundtrack.SampleRateHz;
        // As many chords as fit, of equal length: the last one ends with the clip.
        var count = Math.Max(1, (int)(seconds / mood.ChordSeconds));
        var length = seconds / count;
        for (var chord = 0; chord < count; chord++)
        {
            var notes = mood.Chords[chord % mood.Chords.Length];
            for (var note = 0; note < notes.Length; note++)
                Note(left, right, notes[note], mood, chord * length, length, note, noise);
        }
    }

    private static void Note(Span<float> left, Span<float> right, int semitone, Mood mood, double start, double seconds, int index, NoiseSource noise)
    {
        var hertz = Root * Math.Pow(2, semitone / 12.0);
        var tone = new WaveTable(hertz, Partials(hertz, mood.Brightness));
        int first = (int)(start * Soundtrack.SampleRateHz), end = Math.Min(left.Length, (int)((start + seconds + SwellSeconds) * Soundtrack.SampleRateHz));
        uint one = (uint)(noise.Uniform() * uint.MaxValue), other = (uint)(noise.Uniform() * uint.MaxValue), stepOne = tone.Step(1 - Detune), stepOther = tone.Step(1 + Detune);
        var (l, r) = Stereo.Gains((index % 2 == 0 ? -0.15 : 0.15) * index);
        double level = 0.05 / (1 + 0.15 * index), gain = 0;
        for (var i = first; i < end;)
        {
            var slope = (level * Swell((double)(i - first + Steps.Samples) / Soundtrack.SampleRateHz, seconds) - gain) / Steps.Samples;
            for (var stop = Math.Min(end, i + Steps.Samples); i < stop; i++, gain += slope, one += stepOne, other += stepOther)
            {
                float a = tone[one], b = tone[other];
                left[i] += (float)(gain * l * (a + 0.5f * b));
                right[i] += (float)(gain * r * (b + 0.5f * a));
            }
        }
    }

    // Equal power where two chords meet.
    private static double Swell(double time, double seconds)
    {
        var rise = Math.Clamp(time / SwellSeconds, 0, 1);
        var fall = Math.Clamp((seconds + SwellSeconds - time) / SwellSeconds, 0, 1);
        return Math.Sin(rise * Math.PI / 2) * Math.Sin(fall * Math.PI / 2);
    }

    private static double[] Partials(double hertz, double brightness)
    {
        var partials = new double[8];
        for (var i = 0; i < partials.Length; i++)
        {
            var overtone = hertz * (i + 1);
            partials[i] = Math.Pow(0.25 + 0.45 * brightness, i) / (1 + Math.Pow(overtone / (900 + 2200 * brightness), 2));
        }
        return partials;
    }
}
