using Kinora.Media.Audio;
using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>Many hands that clap, each at its own rate.</summary>
internal sealed class ApplauseEvent : ISoundEvent
{
    public string Name => "applause";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("applause"), new("applaud"), new("clap"), new("ovation"),
        new("掌声"), new("鼓掌"), new("拍手"),
    ];

    public bool Repeats => true;

    public double Seconds => 0.3;

    public double Prominence => 8;

    public void Fill(Span<float> output, int span, double speed, NoiseSource noise)
    {
        var claps = new Grains(24, _ => Clap(noise));
        var seconds = (double)span / Soundtrack.SampleRateHz;
        for (var person = 0; person < 30; person++)
        {
            double pace = noise.Between(0.18, 0.3), level = noise.Between(0.2, 1);
            for (var time = noise.Between(0, 0.6); time < seconds; time += pace * noise.Between(0.92, 1.08))
                claps.Add(output, (int)(time * Soundtrack.SampleRateHz), (int)(noise.Uniform() * claps.Count), level);
        }
    }

    private static float[] Clap(NoiseSource noise)
    {
        var clap = new float[1600];
        var palm = Biquad.BandPass(noise.Between(900, 2400), 1.4);
        for (var i = 0; i < clap.Length; i++)
            clap[i] = (float)(palm.Next(noise.White()) * Math.Exp(-i / 260.0));
        return clap;
    }
}
