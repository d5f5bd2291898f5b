using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Running water: bubbles of many sizes, each a tone that rises as it dies (M. Minnaert, 1933: pitch goes with one over the radius), over a rush of noise.</summary>
internal sealed class StreamBed : ISoundBed
{
    private const double BubblesPerSecond = 170;

    public string Name => "stream";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("stream"), new("river"), new("creek"), new("brook"), new("waterfall"), new("cascade"), new("fountain"), new("rapids"), new("flow water"), new("water flow"), new("running water"), new("water run"), new("river run"), new("stream run"), new("babble"), new("trickle"), new("hot spring", Amount: 0.6),
        new("河"), new("小溪"), new("溪流"), new("溪水"), new("瀑布"), new("喷泉"), new("流水"), new("河流"), new("江", Amount: 0.7), new("泉"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var shared = new NoiseSource(seed, 9);
        var bubbles = new Grains(48, _ => Bubble(shared));
        var rush = Wander.Curve(shared, left.Length, 0.8);
        Channel(left, new NoiseSource(seed, 0), bubbles, rush);
        Channel(right, new NoiseSource(seed, 1), bubbles, rush);
    }

    private static void Channel(Span<float> output, NoiseSource noise, Grains bubbles, double[] rush)
    {
        Biquad body = Biquad.BandPass(700, 0.5), spray = Biquad.HighPass(3000);
        for (var i = 0; i < output.Length; i++)
        {
            var source = noise.Pink();
            output[i] = (float)((0.7 + 0.3 * rush[i / Steps.Samples]) * (0.30 * body.Next(source) + 0.05 * spray.Next(source)));
        }
        var count = (int)(BubblesPerSecond * output.Length / Media.Audio.Soundtrack.SampleRateHz);
        for (var bubble = 0; bubble < count; bubble++)
            bubbles.Add(output, (int)(noise.Uniform() * (output.Length + 4000)) - 4000, (int)(noise.Uniform() * bubbles.Count), 0.1 * noise.Uniform());
    }

    private static float[] Bubble(NoiseSource chance)
    {
        var radius = 0.3 + chance.Uniform() * chance.Uniform();
        var ring = Grains.Ring((int)(3000 + 4000 * radius), 350 / radius * chance.Between(0.8, 1.2), 0.012 + 0.03 * radius, chance.Between(1.05, 1.5));
        return Array.ConvertAll(ring, sample => (float)(sample * radius));
    }
}
