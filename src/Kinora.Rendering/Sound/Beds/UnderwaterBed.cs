using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>The dull pressure of water with slow currents, and strings of bubbles that rise.</summary>
internal sealed class UnderwaterBed : ISoundBed
{
    private const double Rate = Media.Audio.Soundtrack.SampleRateHz;

    public string Name => "underwater";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("underwater"), new("under water"), new("under the water"), new("under the sea"), new("beneath the sea"), new("beneath the wave"), new("beneath the surface"), new("deep sea"), new("ocean floor"), new("seabed"), new("coral"), new("coral reef"), new("dive"), new("diver"), new("scuba"), new("jellyfish"), new("whale", Amount: 0.8), new("submarine"), new("aquarium"), new("school of fish"),
        new("水下"), new("海底"), new("深海"), new("潜水"), new("珊瑚"), new("水母"), new("水族馆"), new("鲸", Amount: 0.8), new("鱼群"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var shared = new NoiseSource(seed, 9);
        var current = Wander.Curve(shared, left.Length, 0.3);
        Channel(left, new NoiseSource(seed, 0), current);
        Channel(right, new NoiseSource(seed, 1), current);
        var bubbles = new Grains(16, _ => Grains.Ring(5000, shared.Between(220, 620), shared.Between(0.02, 0.045), shared.Between(1.3, 2)));
        for (var time = shared.Between(0.3, 1.2); time < left.Length / Rate; time += shared.Between(1.2, 3))
            Rise(left, right, time, bubbles, shared);
    }

    private static void Channel(Span<float> output, NoiseSource noise, double[] current)
    {
        SweptFilter deep = new(), throb = new();
        double gain = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            deep.Tune(160 + 160 * current[step], 0.8);
            throb.Tune(75 + 40 * current[step], 4);
            var slope = (0.5 + 0.4 * current[step] - gain) / Steps.Samples;
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope)
            {
                var source = noise.Brown() + 0.3 * noise.Pink();
                deep.Next(source);
                throb.Next(source);
                output[i] = (float)(gain * (0.5 * deep.Low + 0.08 * throb.Band));
            }
        }
    }

    private static void Rise(Span<float> left, Span<float> right, double time, Grains bubbles, NoiseSource chance)
    {
        var (l, r) = Stereo.Gains(chance.Between(-0.6, 0.6));
        var count = 3 + (int)(chance.Uniform() * 9);
        for (var i = 0; i < count; i++, time += chance.Between(0.04, 0.12))
        {
            var which = (int)(chance.Uniform() * bubbles.Count);
            var level = 0.14 * chance.Between(0.3, 1);
            bubbles.Add(left, (int)(time * Rate), which, level * l);
            bubbles.Add(right, (int)(time * Rate), which, level * r);
        }
    }
}
