using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A motor's hum with its harmonics, the air of a fan, a piston's beat and the clank of metal on every fourth.</summary>
internal sealed class MachineryBed : ISoundBed
{
    private const double Rate = Media.Audio.Soundtrack.SampleRateHz;

    public string Name => "machinery";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("machine"), new("machinery"), new("factory"), new("engine"), new("industrial"), new("motor"), new("assembly line"), new("robot", Amount: 0.8), new("robotic", Amount: 0.8), new("workshop", Amount: 0.7), new("gears"), new("conveyor"), new("generator"), new("construction site"), new("train", Amount: 0.8), new("locomotive"), new("server room"),
        new("机器"), new("工厂"), new("引擎"), new("发动机"), new("马达"), new("流水线"), new("机械"), new("机器人", Amount: 0.8), new("齿轮"), new("车间"), new("工地"), new("火车", Amount: 0.8),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        var motor = new WaveTable(chance.Between(46, 52), [1, 0.7, 0.35, 0.45, 0.2, 0.12, 0.15, 0.06]);
        Channel(left, new NoiseSource(seed, 0), motor, 1);
        Channel(right, new NoiseSource(seed, 1), motor, 1.004);
        var beat = chance.Between(0.23, 0.30);
        var puff = new Grains(1, _ => Puff(chance));
        var modes = new[] { 640.0, 1130, 1870, 2740 }.Select(hertz => hertz * chance.Between(0.9, 1.1)).ToArray();
        var clank = new Grains(4, mode => Grains.Ring(14_000, modes[mode], 0.09 - 0.015 * mode));
        var count = (int)(left.Length / Rate / beat) + 1;
        for (var i = 0; i < count; i++)
            Strike(left, right, (int)((0.1 + i * beat) * Rate), i, puff, clank);
    }

    private static void Strike(Span<float> left, Span<float> right, int at, int index, Grains puff, Grains clank)
    {
        var accent = index % 2 == 0 ? 1 : 0.7;
        puff.Add(left, at, 0, 0.11 * accent);
        puff.Add(right, at, 0, 0.09 * accent);
        for (var mode = 0; index % 4 == 3 && mode < clank.Count; mode++)
        {
            clank.Add(left, at, mode, 0.012);
            clank.Add(right, at, mode, 0.030);
        }
    }

    private static void Channel(Span<float> output, NoiseSource noise, WaveTable motor, double detune)
    {
        Biquad fan = Biquad.BandPass(520, 0.6), grind = Biquad.BandPass(2300, 1.2);
        var phase = 0u;
        var step = motor.Step(detune);
        for (var i = 0; i < output.Length; i++, phase += step)
        {
            var source = noise.Pink();
            output[i] = (float)(0.09 * motor[phase] + 0.09 * fan.Next(source) + 0.025 * grind.Next(source));
        }
    }

    private static float[] Puff(NoiseSource noise)
    {
        var puff = new float[5200];
        var low = Biquad.BandPass(170, 0.8);
        for (var i = 0; i < puff.Length; i++)
            puff[i] = (float)(6 * low.Next(noise.White()) * Math.Exp(-i / 1300.0) * (1 - Math.Exp(-i / 120.0)));
        return puff;
    }
}
