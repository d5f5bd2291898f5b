using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>An engine: a hum with overtones that wavers, and air through it.</summary>
internal sealed class MachineBed : ISoundBed
{
    public string Name => "machine";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("machine"), new("machinery"), new("engine"), new("factory"), new("robot"), new("rocket"), new("train"), new("airplane"), new("helicopter"), new("generator"), new("机器"), new("引擎"), new("工厂"), new("机器人"), new("火箭"), new("火车"), new("飞机"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        double hertz = chance.Between(46, 64);
        var load = new Wander(chance, left.Length, 0.4);
        Channel(left, new NoiseSource(seed, 0), load, hertz);
        Channel(right, new NoiseSource(seed, 1), load, hertz * 1.003);
    }

    private static void Channel(Span<float> output, NoiseSource noise, Wander load, double hertz)
    {
        var air = Biquad.BandPass(1400, 0.6);
        double phase = 0;
        for (var i = 0; i < output.Length; i++)
        {
            phase += 2 * Math.PI * hertz * (0.97 + 0.06 * load[i]) / Media.Audio.Soundtrack.SampleRateHz;
            var hum = Math.Sin(phase) + 0.5 * Math.Sin(2 * phase) + 0.3 * Math.Sin(3 * phase + 1) + 0.16 * Math.Sin(5 * phase + 2);
            output[i] = (float)(0.16 * hum * (0.7 + 0.3 * load[i]) + 0.10 * air.Next(noise.Pink()) * (0.6 + 0.4 * Math.Sin(phase)));
        }
    }
}
