using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Running water: many small bubbles, each a decaying tone whose pitch rises (M. Minnaert, 1933: the smaller, the higher), over a rush.</summary>
internal sealed class StreamBed : ISoundBed
{
    private const int Voices = 32;
    private const double BubblesPerSecond = 150;

    public string Name => "stream";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("river"), new("stream"), new("waterfall"), new("fountain"), new("brook"), new("creek"), new("cascade"), new("flowing water"), new("water"), new("lake"), new("pond"), new("河"), new("溪"), new("瀑布"), new("流水"), new("喷泉"), new("湖"), new("水"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var rush = new Wander(new NoiseSource(seed, 9), left.Length, 0.8);
        Channel(left, new NoiseSource(seed, 0), rush);
        Channel(right, new NoiseSource(seed, 1), rush);
    }

    private static void Channel(Span<float> output, NoiseSource noise, Wander rush)
    {
        var band = Biquad.BandPass(700, 0.5);
        // Each voice is a rotating vector: its angle steps a little faster every sample, its length shrinks.
        double[] level = new double[Voices], phase = new double[Voices], step = new double[Voices], rise = new double[Voices];
        var next = 0;
        for (var i = 0; i < output.Length; i++)
        {
            var value = 0.35 * (0.7 + 0.3 * rush[i]) * band.Next(noise.Pink());
            if (noise.Uniform() < BubblesPerSecond / Media.Audio.Soundtrack.SampleRateHz)
            {
                next = (next + 1) % Voices;
                var radius = 0.3 + noise.Uniform() * noise.Uniform();
                (level[next], phase[next], rise[next]) = (0.10 * noise.Uniform() * radius, 0, 1 + noise.Between(0.00001, 0.00004));
                step[next] = 2 * Math.PI * 350 / radius * noise.Between(0.8, 1.2) / Media.Audio.Soundtrack.SampleRateHz;
            }
            for (var voice = 0; voice < Voices; voice++)
            {
                if (level[voice] < 2e-4)
                    continue;
                phase[voice] += step[voice];
                step[voice] *= rise[voice];
                level[voice] *= 0.9994;
                value += level[voice] * Math.Sin(phase[voice]);
            }
            output[i] = (float)value;
        }
    }
}
