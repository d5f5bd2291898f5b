using Kinora.Media.Audio;

namespace Kinora.Rendering.Sound.Speech;

/// <summary>What a voice goes through: rumble off below 90 Hz, 2 dB of presence at 3.2 kHz, a 3:1 compressor, its loudness, and the first echoes of its surroundings.</summary>
internal static class VoiceChain
{
    private const double Ratio = 3, ThresholdDb = -22, AttackSeconds = 0.004, ReleaseSeconds = 0.09;

    // Milliseconds, decibels and side of what walls, floor and ceiling send back, and of what comes back from a wood's edge.
    private static readonly (double Ms, double Db, double Pan)[] s_walls = [(9, -10, -0.6), (14, -11, 0.7), (21, -12.5, -0.9), (29, -14, 0.5), (37, -16, 0.9), (48, -19, -0.4)];
    private static readonly (double Ms, double Db, double Pan)[] s_open = [(33, -22, 0.7), (78, -26, -0.7)];

    /// <summary>Treats a line and adds it to both channels.</summary>
    /// <param name="line">The line.</param>
    /// <param name="indoors">Whether walls answer.</param>
    /// <param name="lufs">Its loudness by itself.</param>
    /// <param name="left">Left channel, added to.</param>
    /// <param name="right">Right channel, added to.</param>
    public static void Add(RecordedLine line, bool indoors, double lufs, Span<float> left, Span<float> right)
    {
        var voice = Compress(Shape(line.Samples));
        var (l, r) = Stereo.Gains(line.Pan * 0.7);
        var measured = LoudnessMeter.MeasureLufs(new Soundtrack(Times(voice, l), Times(voice, r)));
        if (double.IsNegativeInfinity(measured))
            return;
        var gain = Math.Pow(10, (lufs - measured) / 20);
        var at = (int)Math.Round(line.StartSeconds * Soundtrack.SampleRateHz);
        Stereo.Add(left, right, at, voice, gain, line.Pan * 0.7);
        var dull = Array.ConvertAll(voice, new Muffle().Next);
        foreach (var (ms, db, pan) in indoors ? s_walls : s_open)
            Stereo.Add(left, right, at + (int)(ms * Soundtrack.SampleRateHz / 1000), dull, gain * Math.Pow(10, db / 20), pan);
    }

    private static float[] Shape(float[] samples)
    {
        Biquad rumble = Biquad.HighPass(90), presence = Biquad.Peak(3200, 0.9, 2);
        var loudest = Math.Max(1e-6f, samples.Max(Math.Abs));
        return Array.ConvertAll(samples, sample => (float)presence.Next(rumble.Next(0.8 * sample / loudest)));
    }

    private static float[] Compress(float[] samples)
    {
        double attack = Math.Exp(-1 / (AttackSeconds * Soundtrack.SampleRateHz)), release = Math.Exp(-1 / (ReleaseSeconds * Soundtrack.SampleRateHz));
        double level = 0, gain = 1, threshold = Math.Pow(10, ThresholdDb / 20);
        var result = new float[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            double input = Math.Abs(samples[i]);
            level = input + (level - input) * (input > level ? attack : release);
            if (i % Steps.Samples == 0)
                gain = level > threshold ? Math.Pow(level / threshold, 1 / Ratio - 1) : 1;
            result[i] = (float)(samples[i] * gain);
        }
        return result;
    }

    private static float[] Times(float[] samples, double gain) => Array.ConvertAll(samples, sample => (float)(sample * gain));

    private sealed class Muffle
    {
        private readonly Biquad _low = Biquad.LowPass(4200);

        public float Next(float sample) => (float)_low.Next(sample);
    }
}
