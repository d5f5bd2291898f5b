using Kinora.Rendering.Direction;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Music, of the plainest kind: soft chords that change every four seconds (I, vi, IV, V, in a key drawn from the seed).</summary>
internal sealed class PadBed : ISoundBed
{
    private const double ChordSeconds = 4;
    private static readonly int[][] Chords = [[0, 4, 7, 12], [-3, 0, 4, 9], [-7, -3, 0, 5], [-5, -1, 2, 7]];

    public string Name => "music";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("music"), new("soundtrack"), new("melody"), new("song"), new("orchestra"), new("orchestral"), new("piano"), new("epic score"), new("score"), new("ambient pad"), new("soulful"), new("音乐"), new("配乐"), new("旋律"), new("钢琴"), new("歌"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        var root = 196 * Math.Pow(2, (int)(chance.Uniform() * 7) / 12.0);
        for (var chord = 0; chord * ChordSeconds * Media.Audio.Soundtrack.SampleRateHz < left.Length; chord++)
        {
            for (var voice = 0; voice < 4; voice++)
                Note(left, right, chord * ChordSeconds, root * Math.Pow(2, Chords[chord % 4][voice] / 12.0), 2 * Math.PI * chance.Uniform());
        }
    }

    // Each note fades in under the last one and out under the next; three slightly detuned sines with a soft octave.
    private static void Note(Span<float> left, Span<float> right, double start, double hertz, double phase)
    {
        const double Rate = Media.Audio.Soundtrack.SampleRateHz;
        int first = (int)(start * Rate), length = (int)((ChordSeconds + 1.2) * Rate);
        for (var i = 0; i < length && first + i < left.Length; i++)
        {
            var time = i / Rate;
            var envelope = Smooth.Step(0, 1.2, time) * Smooth.Step(ChordSeconds + 1.2, ChordSeconds, time) * 0.07;
            var angle = 2 * Math.PI * hertz * (start + time);
            left[first + i] += (float)(envelope * (Math.Sin(angle * 0.9985 + phase) + 0.25 * Math.Sin(2 * angle)));
            right[first + i] += (float)(envelope * (Math.Sin(angle * 1.0015 + 2 * phase) + 0.25 * Math.Sin(2 * angle + 1)));
        }
    }
}
