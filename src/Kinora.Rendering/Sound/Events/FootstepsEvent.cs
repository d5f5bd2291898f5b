using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Heel and toe, a little under two steps a second.</summary>
internal sealed class FootstepsEvent : ISoundEvent
{
    public string Name => "footsteps";

    public bool Repeats => true;

    public IReadOnlyList<Phrase> Phrases { get; } = [new("walk"), new("footstep"), new("stroll"), new("step forward"), new("steps forward"), new("stride"), new("march"), new("run"), new("jog"), new("走"), new("走路"), new("行走"), new("脚步"), new("漫步"), new("跑"), new("奔跑")];

    public void Add(Span<float> output, NoiseSource noise)
    {
        const int Rate = Media.Audio.Soundtrack.SampleRateHz;
        var foot = 0;
        for (var time = 0.3; time < output.Length / (double)Rate - 0.2; time += noise.Between(0.53, 0.57), foot++)
        {
            Biquad heel = Biquad.BandPass(95 + 8 * (foot % 2), 1.2), toe = Biquad.BandPass(noise.Between(1500, 1800), 0.9);
            var level = noise.Between(0.5, 0.75);
            var step = output[(int)(time * Rate)..];
            for (var i = 0; i < Math.Min(9000, step.Length); i++)
            {
                var at = i / (double)Rate;
                double down = Math.Exp(-at * 55), off = Math.Exp(-Math.Abs(at - 0.075) * 70);
                step[i] += (float)(level * (3 * heel.Next(noise.White() * down) + 0.35 * toe.Next(noise.White() * (0.5 * down + off))));
            }
        }
    }
}
