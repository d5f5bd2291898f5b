using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A heart: two low thuds, the second weaker.</summary>
internal sealed class HeartbeatEvent : ISoundEvent
{
    public string Name => "heartbeat";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("heartbeat"), new("heart beat"), new("heart pound"), new("beating heart"), new("pounding heart"),
        new("心跳"), new("心跳声"),
    ];

    public bool Repeats => true;

    public double Seconds => 0.4;

    public double Prominence => 11;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        for (var time = 0.1; time < (double)span / Soundtrack.SampleRateHz - 0.4; time += 0.86 / speed)
        {
            Strokes.Mode(output, time, 62, 0.055, 1, 0.7);
            Strokes.Mode(output, time + 0.27, 78, 0.04, 0.6, 0.7);
            Strokes.Burst(output, time, 110, 1, 0.03, 0.3, noise);
        }
    }
}
