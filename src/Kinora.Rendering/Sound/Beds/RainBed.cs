using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A hiss of far drops, and near ones as short bursts at random pitches.</summary>
internal sealed class RainBed : ISoundBed
{
    private const double DropsPerSecond = 420;

    public string Name => "rain";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("rain"), new("rainy"), new("raining"), new("rainfall"), new("rainstorm"), new("raindrop"), new("drizzle"), new("downpour"), new("shower of rain"), new("monsoon"), new("rain pour"), new("雨"), new("下雨"), new("细雨"), new("暴雨"), new("大雨"), new("雨滴"), new("雨水"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        var drops = new Grains(40, _ => Drop(chance));
        Channel(left, new NoiseSource(seed, 0), drops);
        Channel(right, new NoiseSource(seed, 1), drops);
    }

    private static void Channel(Span<float> output, NoiseSource noise, Grains drops)
    {
        Biquad high = Biquad.HighPass(900), low = Biquad.LowPass(9000), body = Biquad.BandPass(420, 0.6);
        for (var i = 0; i < output.Length; i++)
            output[i] = (float)(0.10 * low.Next(high.Next(noise.White())) + 0.25 * body.Next(noise.Pink()));
        var count = (int)(DropsPerSecond * output.Length / Media.Audio.Soundtrack.SampleRateHz);
        for (var drop = 0; drop < count; drop++)
            drops.Add(output, (int)(noise.Uniform() * output.Length), (int)(noise.Uniform() * drops.Count), 0.6 * Math.Pow(noise.Uniform(), 3));
    }

    // Noise in a narrow band, gone within a fiftieth of a second.
    private static float[] Drop(NoiseSource noise)
    {
        var drop = new float[1400];
        var band = Biquad.BandPass(noise.Between(1800, 7000), 4);
        var level = 1.0;
        for (var i = 0; i < drop.Length; i++, level *= 0.9968)
            drop[i] = (float)(2 * level * band.Next(noise.White()));
        return drop;
    }
}
