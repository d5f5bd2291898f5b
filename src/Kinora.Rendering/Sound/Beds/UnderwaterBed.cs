using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Muffled pressure and rising bubbles.</summary>
internal sealed class UnderwaterBed : ISoundBed
{
    public string Name => "underwater";

    public IReadOnlyList<Phrase> Phrases { get; } = [new("underwater"), new("under the sea"), new("coral"), new("scuba"), new("diving"), new("aquarium"), new("fish"), new("whale"), new("水下"), new("海底"), new("珊瑚"), new("潜水"), new("鱼")];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        Channel(left, new NoiseSource(seed, 0), new Wander(new NoiseSource(seed, 9), left.Length, 0.3));
        Channel(right, new NoiseSource(seed, 1), new Wander(new NoiseSource(seed, 9), left.Length, 0.3));
    }

    private static void Channel(Span<float> output, NoiseSource noise, Wander surge)
    {
        var low = new SweptFilter();
        double level = 0, step = 0, phase = 0;
        for (var i = 0; i < output.Length; i++)
        {
            low.Next(noise.Brown(), 160 + 160 * surge[i], 0.9);
            if (noise.Uniform() < 7.0 / Media.Audio.Soundtrack.SampleRateHz)
                (level, step, phase) = (noise.Between(0.03, 0.12), 2 * Math.PI * noise.Between(280, 720) / Media.Audio.Soundtrack.SampleRateHz, 0);
            phase += step;
            step *= 1.00006;
            level *= 0.99955;
            output[i] = (float)(0.8 * low.Low + level * Math.Sin(phase));
        }
    }
}
