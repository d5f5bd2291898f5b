using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A church bell: hum, prime, minor third, fifth, nominal and above, each with its own decay; a stroke every two and a half seconds.</summary>
internal sealed class BellEvent : ISoundEvent
{
    public string Name => "bell";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("bell"), new("church bell"), new("bell ring"), new("bell toll"), new("toll"), new("gong"), new("temple bell"),
        new("钟声"), new("钟"), new("敲钟"), new("铜锣"), new("铃声"), new("教堂"),
    ];

    public bool Repeats => true;

    public double Seconds => 3;

    public double Prominence => 12;

    // Ratios to the strike note and seconds of decay, after the usual tuning of bells (hum, prime, tierce, quint, nominal).
    private static readonly (double Ratio, double Decay, double Level)[] s_modes =
        [(0.5, 2.2, 0.5), (1, 1.5, 0.7), (1.2, 1.1, 0.6), (1.5, 0.8, 0.4), (2, 0.9, 0.8), (2.6, 0.4, 0.35), (3, 0.35, 0.3), (4.1, 0.22, 0.25), (5.4, 0.12, 0.2)];

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        var strike = noise.Between(330, 420);
        for (var time = 0.1; time < Math.Max(0.2, (double)span / Soundtrack.SampleRateHz - 0.8); time += 2.5 / speed)
        {
            foreach (var (ratio, decay, level) in s_modes)
                Strokes.Mode(output, time, strike * ratio * noise.Between(0.999, 1.001), decay, level);
            Strokes.Burst(output, time, 3800, 1, 0.01, 0.25, noise);
        }
    }
}
