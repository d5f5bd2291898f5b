using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Surf: noise that opens as a wave comes in, foam that hisses as it drains away, every six to nine seconds.</summary>
internal sealed class WavesBed : ISoundBed
{
    public string Name => "waves";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("ocean"), new("sea"), new("seaside"), new("beach"), new("wave"), new("surf"), new("surfer"), new("shore"), new("shoreline"), new("coast"), new("coastline"), new("tide"), new("seagull"), new("ocean wave"), new("crashing wave"), new("lighthouse", Amount: 0.5), new("boat sail", Amount: 0.5), new("sailing ship", Amount: 0.5),
        new("海"), new("大海"), new("海浪"), new("海滩"), new("海边"), new("海洋"), new("海岸"), new("波浪"), new("浪花"), new("沙滩"), new("潮汐"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var shared = new NoiseSource(seed, 9);
        double period = shared.Between(6, 8.5), phase = shared.Between(0.05, 0.3);
        Channel(left, new NoiseSource(seed, 0), period, phase);
        Channel(right, new NoiseSource(seed, 1), period, phase + 0.03);
    }

    private static void Channel(Span<float> output, NoiseSource noise, double period, double phase)
    {
        SweptFilter water = new();
        var hiss = Biquad.HighPass(3500);
        double gain = 0, foam = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            var time = step * Steps.Seconds / period + phase;
            // A second, weaker and slower train keeps the waves from sounding counted.
            var swell = Swell(time) + 0.35 * Swell(time * 0.62 + 0.4);
            var drained = Swell(time - 0.09);
            water.Tune(260 + 2300 * swell, 0.8);
            double slope = (0.22 + 0.9 * swell - gain) / Steps.Samples, foamSlope = (drained * drained - foam) / Steps.Samples;
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope, foam += foamSlope)
            {
                water.Next(noise.Pink());
                output[i] = (float)(gain * water.Low + 0.05 * foam * hiss.Next(noise.White()));
            }
        }
    }

    // Rises over a third of the period, then decays; at the wrap both sides are close to zero.
    private static double Swell(double time)
    {
        var at = time - Math.Floor(time);
        return at < 0.35 ? at / 0.35 * (at / 0.35) : Math.Exp(-(at - 0.35) * 4.2) * (1 - Math.Pow((at - 0.35) / 0.65, 6));
    }
}
