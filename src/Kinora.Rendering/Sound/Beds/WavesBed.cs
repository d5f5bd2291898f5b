using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Surf: noise that opens as a wave comes in and drains away, every six to nine seconds.</summary>
internal sealed class WavesBed : ISoundBed
{
    public string Name => "waves";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("ocean"), new("sea"), new("seaside"), new("beach"), new("wave"), new("waves"), new("surf"), new("shore"), new("coast"), new("tide"), new("海"), new("海浪"), new("海滩"), new("海边"), new("波浪"), new("沙滩"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var shared = new NoiseSource(seed, 9);
        double period = shared.Between(6, 8.5), phase = shared.Uniform();
        Channel(left, new NoiseSource(seed, 0), period, phase);
        Channel(right, new NoiseSource(seed, 1), period, phase + 0.03);
    }

    private static void Channel(Span<float> output, NoiseSource noise, double period, double phase)
    {
        var filter = new SweptFilter();
        for (var i = 0; i < output.Length; i++)
        {
            var time = (double)i / Media.Audio.Soundtrack.SampleRateHz / period + phase;
            // A second, weaker and slower train keeps the waves from sounding counted.
            var swell = Swell(time) + 0.35 * Swell(time * 0.62 + 0.4);
            filter.Next(noise.Pink(), 260 + 2300 * swell, 0.8);
            output[i] = (float)((0.22 + 0.9 * swell) * filter.Low);
        }
    }

    // Rises over a third of the period, then decays; at the wrap both sides are close to zero.
    private static double Swell(double time)
    {
        var at = time - Math.Floor(time);
        return at < 0.35 ? at / 0.35 * (at / 0.35) : Math.Exp(-(at - 0.35) * 4.2) * (1 - Math.Pow((at - 0.35) / 0.65, 6));
    }
}
