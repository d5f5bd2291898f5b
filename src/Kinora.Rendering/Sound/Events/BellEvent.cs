using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A bell: the partials of a church bell (hum, prime, tierce, quint, nominal), the higher the faster gone.</summary>
internal sealed class BellEvent : ISoundEvent
{
    private static readonly (double Ratio, double Level, double Decay)[] Partials = [(0.5, 0.35, 0.5), (1, 0.5, 0.8), (1.2, 0.4, 1.1), (1.5, 0.25, 1.5), (2, 0.45, 1.4), (2.67, 0.2, 2.4), (4.1, 0.1, 4)];

    public string Name => "bell";

    public bool Repeats => false;

    public IReadOnlyList<Phrase> Phrases { get; } = [new("bell"), new("chime"), new("church bell"), new("bell ring"), new("doorbell"), new("钟声"), new("铃"), new("铃声"), new("敲钟")];

    public void Add(Span<float> output, NoiseSource noise)
    {
        var prime = noise.Between(420, 560);
        foreach (var (ratio, level, decay) in Partials)
        {
            for (var i = 0; i < output.Length; i++)
            {
                var time = i / (double)Media.Audio.Soundtrack.SampleRateHz;
                output[i] += (float)(0.4 * level * Math.Exp(-time * decay) * Math.Min(1, time * 400) * Math.Sin(2 * Math.PI * prime * ratio * time));
            }
        }
    }
}
