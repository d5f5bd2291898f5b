using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A road: a steady rush of far tyres and one car after another passing near, each with the hum of its engine falling as it goes.</summary>
internal sealed class TrafficBed : ISoundBed
{
    private const double Rate = Media.Audio.Soundtrack.SampleRateHz;

    public string Name => "traffic";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("traffic"), new("car"), new("highway"), new("freeway"), new("motorway"), new("taxi"), new("bus"), new("truck drive"), new("vehicle"), new("road", Amount: 0.6), new("drive past"), new("intersection", Amount: 0.8), new("crossroad", Amount: 0.7), new("motorcycle"), new("race car"),
        new("车"), new("汽车"), new("交通"), new("车流"), new("公路"), new("高速公路"), new("马路"), new("出租车"), new("公交车"), new("摩托车"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        var cars = new List<PassingCar>();
        for (var time = chance.Between(0.5, 1.6); time < left.Length / Rate + 1; time += chance.Between(1.3, 2.8))
            cars.Add(new PassingCar(time, chance.Between(0.55, 1), chance.Uniform() < 0.5 ? -1 : 1, chance.Between(0.5, 1)));
        double[] pitches = [.. cars.Select(_ => chance.Between(65, 120))];
        var far = Wander.Curve(chance, left.Length, 0.3);
        Road(left, new NoiseSource(seed, 0), far, cars, side: 1);
        Road(right, new NoiseSource(seed, 1), far, cars, side: -1);
        for (var i = 0; i < cars.Count; i++)
        {
            Engine(left, cars[i], pitches[i], side: 1);
            Engine(right, cars[i], pitches[i], side: -1);
        }
    }

    private static void Road(Span<float> output, NoiseSource noise, double[] far, List<PassingCar> cars, int side)
    {
        Biquad rumble = Biquad.LowPass(180), rush = Biquad.BandPass(650, 0.5);
        var tyres = new SweptFilter();
        double gain = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            double near = 0, closest = 0;
            foreach (var car in cars)
            {
                var (closeness, channel) = car.At(step * Steps.Seconds, side);
                (near, closest) = (near + closeness * channel, Math.Max(closest, closeness));
            }
            tyres.Tune(450 + 1100 * closest, 0.7);
            var slope = (0.7 * near - gain) / Steps.Samples;
            var murmur = 0.35 * (0.6 + 0.4 * far[step]);
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope)
            {
                var source = noise.Pink();
                tyres.Next(source);
                output[i] = (float)(0.7 * rumble.Next(noise.Brown()) + murmur * rush.Next(source) + gain * tyres.Low);
            }
        }
    }

    // Coming it sounds a little higher, going a little lower.
    private static void Engine(Span<float> output, PassingCar car, double hertz, int side)
    {
        int first = Math.Max(0, (int)((car.Passing - 2.6 * car.Width) * Rate)), end = Math.Min(output.Length, (int)((car.Passing + 2.6 * car.Width) * Rate));
        double phase = 0;
        for (var i = first; i < end;)
        {
            var (closeness, channel) = car.At(i / Rate, side);
            var step = hertz * (1 - 0.06 * Math.Tanh((i / Rate - car.Passing) / car.Width * 2)) / Rate;
            // The window closes at both ends; inside a step the level may stand still.
            var level = 0.10 * closeness * channel;
            for (var stop = Math.Min(end, i + Steps.Samples); i < stop; i++)
            {
                phase += step;
                phase -= Math.Floor(phase);
                var wave = phase * (1 - phase) * 4 - 0.667;
                output[i] += (float)(level * (wave + 0.5 * wave * wave * wave));
            }
        }
    }
}
