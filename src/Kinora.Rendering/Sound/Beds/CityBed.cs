using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A far rumble, some bustle, and a car that passes from one side to the other.</summary>
internal sealed class CityBed : ISoundBed
{
    public string Name => "city";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("city"), new("street"), new("traffic"), new("car"), new("urban"), new("downtown"), new("skyline"), new("neon"), new("highway"), new("taxi"), new("bus"), new("城市"), new("街"), new("街道"), new("车"), new("交通"), new("都市"), new("霓虹"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        Wander near = new(chance, left.Length, 0.25), far = new(chance, left.Length, 0.3);
        var seconds = (double)left.Length / Media.Audio.Soundtrack.SampleRateHz;
        var passing = chance.Between(0.25, 0.75) * seconds;
        var side = chance.Uniform() < 0.5 ? -1.0 : 1.0;
        Channel(left, new NoiseSource(seed, 0), near, far, passing, side);
        Channel(right, new NoiseSource(seed, 1), near, far, passing, -side);
    }

    private static void Channel(Span<float> output, NoiseSource noise, Wander near, Wander far, double passing, double side)
    {
        Biquad rumble = Biquad.LowPass(220), bustle = Biquad.BandPass(900, 0.5);
        var car = new SweptFilter();
        for (var i = 0; i < output.Length; i++)
        {
            var distance = ((double)i / Media.Audio.Soundtrack.SampleRateHz - passing) / 1.6;
            var closeness = Math.Exp(-distance * distance);
            car.Next(noise.Pink(), 350 + 700 * closeness, 0.8);
            var pan = 0.5 + 0.4 * side * Math.Tanh(distance);
            output[i] = (float)(0.9 * rumble.Next(noise.Brown()) * (0.7 + 0.3 * near[i]) + 0.10 * bustle.Next(noise.Pink()) * (0.5 + far[i]) + 0.55 * closeness * pan * car.Low);
        }
    }
}
