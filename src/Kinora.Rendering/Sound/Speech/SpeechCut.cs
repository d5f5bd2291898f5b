using Kinora.Media.Audio;

namespace Kinora.Rendering.Sound.Speech;

/// <summary>Shortens lines, as text and as sound.</summary>
internal static class SpeechCut
{
    private const float Silence = 0.004f;
    private const int FadeSamples = Soundtrack.SampleRateHz * 3 / 20;

    /// <summary>About a fraction of a text: up to the end of a sentence, or else a pause, or else a word.</summary>
    public static string To(string text, double fraction)
    {
        var most = (int)(text.Length * Math.Clamp(fraction, 0, 1));
        if (most >= text.Length)
            return text;
        // Half of what would fit is the least worth stopping for.
        var end = LastOf(text, most, ".!?。！？…");
        if (end < most / 2)
            end = Math.Max(end, LastOf(text, most, ",;:，；：、—"));
        if (end < most / 3)
            end = Math.Max(end, LastOf(text, most, " "));
        var cut = text[..(end > 0 ? end : Math.Max(1, most))].TrimEnd(' ', ',', ';', ':', '，', '；', '：', '、', '—');
        return char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut;
    }

    /// <summary>Cuts silence off both ends.</summary>
    public static float[] Trim(float[] samples)
    {
        int first = Array.FindIndex(samples, Sounds), last = Array.FindLastIndex(samples, Sounds);
        return first < 0 ? [] : samples[Math.Max(0, first - 240)..Math.Min(samples.Length, last + 960)];
    }

    /// <summary>At most so many samples; what is cut off fades over its last 150 ms.</summary>
    public static float[] Fade(float[] samples, int most)
    {
        if (samples.Length <= most)
            return samples;
        var cut = samples[..most];
        var fade = Math.Min(FadeSamples, most);
        for (var i = 0; i < fade; i++)
            cut[^(i + 1)] *= (float)i / fade;
        return cut;
    }

    private static int LastOf(string text, int most, string marks) => most == 0 ? 0 : text.LastIndexOfAny(marks.ToCharArray(), most - 1) + 1;

    private static bool Sounds(float sample) => Math.Abs(sample) > Silence;
}
