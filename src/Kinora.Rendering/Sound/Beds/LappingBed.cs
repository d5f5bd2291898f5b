using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A lake's edge: small soft swells at uneven times, each with a few low bubbles.</summary>
internal sealed class LappingBed : ISoundBed
{
    public string Name => "lapping";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("lake", Amount: 0.7), new("pond", Amount: 0.7), new("ripple", Amount: 0.5), new("lakeside", Amount: 0.7), new("water surface", Amount: 0.6), new("water lap"), new("lapping"), new("rowboat", Amount: 0.6), new("canoe", Amount: 0.6), new("harbor", Amount: 0.7), new("harbour", Amount: 0.7), new("puddle", Amount: 0.3), new("water", Amount: 0.3),
        new("湖", Amount: 0.7), new("湖面", Amount: 0.7), new("池塘", Amount: 0.7), new("水面", Amount: 0.6), new("涟漪", Amount: 0.5), new("港口", Amount: 0.7), new("水", Amount: 0.3),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        var bubbles = new Grains(24, _ => Grains.Ring(4200, chance.Between(260, 900), chance.Between(0.012, 0.03), chance.Between(1.1, 1.7)));
        var swell = Wander.Curve(chance, left.Length, 0.9);
        Channel(left, new NoiseSource(seed, 0), swell);
        Channel(right, new NoiseSource(seed, 1), swell);
        var seconds = (double)left.Length / Media.Audio.Soundtrack.SampleRateHz;
        for (var time = chance.Between(0.1, 0.6); time < seconds; time += chance.Between(0.35, 1.2))
            Lap(left, right, time, bubbles, chance);
    }

    private static void Channel(Span<float> output, NoiseSource noise, double[] swell)
    {
        var water = new SweptFilter();
        double gain = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            var wash = swell[step] * swell[step];
            water.Tune(300 + 500 * wash, 0.9);
            var slope = (0.06 + 0.25 * wash - gain) / Steps.Samples;
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope)
            {
                water.Next(noise.Pink());
                output[i] = (float)(gain * water.Low);
            }
        }
    }

    private static void Lap(Span<float> left, Span<float> right, double time, Grains bubbles, NoiseSource chance)
    {
        var pan = chance.Between(-0.8, 0.8);
        var (l, r) = Stereo.Gains(pan);
        for (var i = 0; i < 4; i++)
        {
            var at = (int)((time + chance.Between(0, 0.18)) * Media.Audio.Soundtrack.SampleRateHz);
            var which = (int)(chance.Uniform() * bubbles.Count);
            var level = 0.07 * chance.Uniform();
            bubbles.Add(left, at, which, level * l);
            bubbles.Add(right, at, which, level * r);
        }
    }
}
