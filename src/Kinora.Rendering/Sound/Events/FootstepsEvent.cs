using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Heel and toe, left and right a little different, about two a second.</summary>
internal sealed class FootstepsEvent : ISoundEvent
{
    public string Name => "footsteps";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("walk"), new("footstep"), new("stroll"), new("march"), new("step forward"), new("wander"), new("pace back"), new("run", Amount: 1.3), new("jog", Amount: 1.3), new("sprint", Amount: 1.5), new("dash", Amount: 1.5), new("tiptoe", Amount: 0.7),
        new("脚步"), new("脚步声"), new("走"), new("行走"), new("走路"), new("散步"), new("漫步"), new("奔跑", Amount: 1.3), new("跑步", Amount: 1.3), new("跑", Amount: 1.3),
    ];

    public bool Repeats => true;

    public double Seconds => 0.3;

    public double Prominence => 9;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        double seconds = (double)span / Soundtrack.SampleRateHz, pace = 0.53 / speed;
        var foot = 0;
        for (var time = 0.05; time < seconds - 0.1; time += pace + noise.Between(-0.015, 0.02), foot++)
        {
            var weight = noise.Between(0.75, 1.1);
            Strokes.Burst(output, time, 95 + 10 * (foot % 2), 1.2, 0.02, weight, noise);
            Strokes.Burst(output, time + 0.004, noise.Between(900, 1300), 0.9, 0.010, 0.22 * weight, noise);
            Strokes.Burst(output, time + 0.075 / speed, noise.Between(1500, 2100), 0.8, 0.014, 0.16 * weight, noise);
        }
    }
}
