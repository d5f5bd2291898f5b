using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A horse: four hooves to a stride, in the uneven beat of a gallop when it is fast.</summary>
internal sealed class HoovesEvent : ISoundEvent
{
    public string Name => "hooves";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("horse trot"), new("horse gallop", Amount: 1.4), new("gallop", Amount: 1.4), new("hooves"), new("hoof"), new("horse run", Amount: 1.4), new("horse walk"), new("horseback"), new("carriage"),
        new("马蹄"), new("骑马"), new("奔马", Amount: 1.4), new("骏马"), new("马奔", Amount: 1.4), new("马车"),
    ];

    public bool Repeats => true;

    public double Seconds => 0.2;

    public double Prominence => 9;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        double seconds = (double)span / Soundtrack.SampleRateHz, stride = speed > 1.2 ? 0.46 : 0.72 / speed;
        double[] beats = speed > 1.2 ? [0, 0.17, 0.34] : [0, 0.25, 0.5, 0.75];
        for (var time = 0.05; time < seconds - 0.1; time += stride)
        {
            foreach (var beat in beats)
            {
                var weight = noise.Between(0.7, 1.1);
                Strokes.Burst(output, time + beat * stride, noise.Between(320, 420), 2.5, 0.022, weight, noise);
                Strokes.Burst(output, time + beat * stride, noise.Between(1300, 1800), 2, 0.008, 0.5 * weight, noise);
            }
        }
    }
}
