using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Two dull beats, once a second.</summary>
internal sealed class HeartbeatEvent : ISoundEvent
{
    public string Name => "heartbeat";

    public bool Repeats => true;

    public IReadOnlyList<Phrase> Phrases { get; } = [new("heartbeat"), new("heart beat"), new("heart pound"), new("心跳")];

    public void Add(Span<float> output, NoiseSource noise)
    {
        for (var i = 0; i < output.Length; i++)
        {
            var time = i / (double)Media.Audio.Soundtrack.SampleRateHz % 1.0;
            output[i] += (float)(0.7 * (Beat(time) + 0.7 * Beat(time - 0.28)));
        }
    }

    private static double Beat(double time) => time < 0 ? 0 : Math.Sin(2 * Math.PI * 52 * time) * Math.Exp(-time * 22) * Math.Min(1, time * 120);
}
