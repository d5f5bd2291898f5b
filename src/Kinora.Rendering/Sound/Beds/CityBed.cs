using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A far rumble, some bustle, and a car that passes from one side to the other.</summary>
internal sealed class CityBed : ISoundBed
{
    public string Name => "city";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("city"), new("cityscape"), new("street"), new("urban"), new("downtown"), new("skyline", Amount: 0.7), new("skyscraper", Amount: 0.7), new("neon", Amount: 0.6), new("rooftop", Amount: 0.6), new("alley", Amount: 0.7), new("town", Amount: 0.7), new("sidewalk", Amount: 0.7),
        new("城市"), new("街"), new("街道"), new("大街"), new("街头"), new("都市"), new("霓虹", Amount: 0.6), new("高楼", Amount: 0.7), new("小镇", Amount: 0.7),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        double[] near = Wander.Curve(chance, left.Length, 0.25), far = Wander.Curve(chance, left.Length, 0.3);
        var seconds = (double)left.Length / Media.Audio.Soundtrack.SampleRateHz;
        var car = new PassingCar(chance.Between(0.25, 0.75) * seconds, 1.6, chance.Uniform() < 0.5 ? -1.0 : 1.0, 1);
        Channel(left, new NoiseSource(seed, 0), near, far, car, side: 1);
        Channel(right, new NoiseSource(seed, 1), near, far, car, side: -1);
    }

    private static void Channel(Span<float> output, NoiseSource noise, double[] near, double[] far, PassingCar car, int side)
    {
        Biquad rumble = Biquad.LowPass(220), bustle = Biquad.BandPass(900, 0.5);
        var tyres = new SweptFilter();
        double gain = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            var (closeness, channel) = car.At(step * Steps.Seconds, side);
            tyres.Tune(350 + 700 * closeness, 0.8);
            var slope = (0.55 * closeness * channel - gain) / Steps.Samples;
            double low = 0.9 * (0.7 + 0.3 * near[step]), mid = 0.10 * (0.5 + far[step]);
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope)
            {
                var source = noise.Pink();
                tyres.Next(source);
                output[i] = (float)(low * rumble.Next(noise.Brown()) + mid * bustle.Next(source) + gain * tyres.Low);
            }
        }
    }
}
