using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A blow: a thud that falls in pitch under a burst of noise.</summary>
internal sealed class ImpactEvent : ISoundEvent
{
    public string Name => "impact";

    public bool Repeats => false;

    public IReadOnlyList<Phrase> Phrases { get; } = [new("impact"), new("crash"), new("explosion"), new("explode"), new("knock"), new("slam"), new("boom"), new("thud"), new("hit"), new("smash"), new("撞击"), new("爆炸"), new("敲门"), new("碰撞"), new("轰")];

    public void Add(Span<float> output, NoiseSource noise)
    {
        var burst = Biquad.LowPass(1800);
        double phase = 0;
        for (var i = 0; i < output.Length; i++)
        {
            var time = i / (double)Media.Audio.Soundtrack.SampleRateHz;
            phase += 2 * Math.PI * (45 + 90 * Math.Exp(-time * 14)) / Media.Audio.Soundtrack.SampleRateHz;
            output[i] += (float)(0.6 * Math.Sin(phase) * Math.Exp(-time * 4.5) + 0.8 * burst.Next(noise.White()) * Math.Exp(-time * 16));
        }
    }
}
