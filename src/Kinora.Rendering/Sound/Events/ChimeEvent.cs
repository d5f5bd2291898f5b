using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Wind chimes: bars of a pentatonic scale, struck at uneven times.</summary>
internal sealed class ChimeEvent : ISoundEvent
{
    public string Name => "chime";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("chime"), new("wind chime"), new("sparkle sound"), new("magical sparkle"), new("fairy dust"), new("jingle"),
        new("风铃"), new("铃铛"), new("叮当"),
    ];

    public bool Repeats => true;

    public double Seconds => 1.5;

    public double Prominence => 8;

    private static readonly double[] s_scale = [1046.5, 1174.7, 1318.5, 1568, 1760, 2093];

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        // A bar that is free at both ends rings at 1, 2.76 and 5.40 times its lowest mode.
        for (var time = 0.05; time < (double)span / Soundtrack.SampleRateHz - 0.2; time += noise.Between(0.1, 0.7) / speed)
        {
            double hertz = s_scale[(int)(noise.Uniform() * s_scale.Length)], level = noise.Between(0.3, 1);
            Strokes.Mode(output, time, hertz, 0.7, level);
            Strokes.Mode(output, time, hertz * 2.76, 0.25, 0.4 * level);
            Strokes.Mode(output, time, hertz * 5.40, 0.08, 0.2 * level);
        }
    }
}
