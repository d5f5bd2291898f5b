using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A drone of detuned low tones that beat slowly, under a high shimmer.</summary>
internal sealed class SpaceBed : ISoundBed
{
    public string Name => "space";

    public IReadOnlyList<Phrase> Phrases { get; } = [new("space"), new("galaxy"), new("nebula"), new("planet"), new("cosmic"), new("sci fi"), new("alien"), new("spaceship"), new("astronaut"), new("太空"), new("宇宙"), new("星系"), new("星球"), new("科幻"), new("宇航员")];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var root = new NoiseSource(seed, 9).Between(48, 60);
        Channel(left, new NoiseSource(seed, 0), root);
        Channel(right, new NoiseSource(seed, 1), root * 1.004);
    }

    private static void Channel(Span<float> output, NoiseSource noise, double root)
    {
        double[] ratios = [1, 1.503, 2.006, 3.01, 4.99];
        var phases = Array.ConvertAll(ratios, _ => noise.Uniform() * 2 * Math.PI);
        var breath = new Wander(noise, output.Length, 0.15);
        var shimmer = Biquad.BandPass(3800, 4);
        for (var i = 0; i < output.Length; i++)
        {
            double value = 0.02 * shimmer.Next(noise.White()) * breath[i];
            for (var k = 0; k < ratios.Length; k++)
            {
                phases[k] += 2 * Math.PI * root * ratios[k] / Media.Audio.Soundtrack.SampleRateHz;
                value += 0.2 / (k + 1) * Math.Sin(phases[k]) * (0.6 + 0.4 * breath[i]);
            }
            output[i] = (float)value;
        }
    }
}
