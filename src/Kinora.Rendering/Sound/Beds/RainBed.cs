using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A hiss of far drops, and near ones as short resonances at random pitches.</summary>
internal sealed class RainBed : ISoundBed
{
    private const int Voices = 24;
    private const double DropsPerSecond = 420;

    public string Name => "rain";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("rain"), new("rainy"), new("raining"), new("raindrop"), new("drizzle"), new("downpour"), new("shower of rain"), new("monsoon"), new("雨"), new("下雨"), new("细雨"), new("暴雨"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        Channel(left, new NoiseSource(seed, 0));
        Channel(right, new NoiseSource(seed, 1));
    }

    private static void Channel(Span<float> output, NoiseSource noise)
    {
        Biquad high = Biquad.HighPass(900), low = Biquad.LowPass(9000), body = Biquad.BandPass(420, 0.6);
        var filters = Array.ConvertAll(new int[Voices], _ => new SweptFilter());
        double[] level = new double[Voices], pitch = new double[Voices];
        var next = 0;
        for (var i = 0; i < output.Length; i++)
        {
            var value = 0.10 * low.Next(high.Next(noise.White())) + 0.25 * body.Next(noise.Pink());
            if (noise.Uniform() < DropsPerSecond / Media.Audio.Soundtrack.SampleRateHz)
            {
                next = (next + 1) % Voices;
                (level[next], pitch[next]) = (Math.Pow(noise.Uniform(), 3) * 0.9, noise.Between(1800, 7000));
            }
            for (var voice = 0; voice < Voices; voice++)
            {
                if (level[voice] < 1e-4)
                    continue;
                filters[voice].Next(noise.White() * level[voice], pitch[voice], 4);
                value += 0.35 * filters[voice].Band;
                level[voice] *= 0.9972;
            }
            output[i] = (float)value;
        }
    }
}
