using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A low rumble, some hiss, and about a dozen crackles a second.</summary>
internal sealed class FireBed : ISoundBed
{
    public string Name => "fire";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("fire"), new("fireplace"), new("campfire"), new("bonfire"), new("flame"), new("candle"), new("burn"), new("torch"), new("ember"), new("hearth"), new("火"), new("火焰"), new("篝火"), new("燃烧"), new("蜡烛"), new("壁炉"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var lick = new Wander(new NoiseSource(seed, 9), left.Length, 2.2);
        Channel(left, new NoiseSource(seed, 0), lick);
        Channel(right, new NoiseSource(seed, 1), lick);
    }

    private static void Channel(Span<float> output, NoiseSource noise, Wander lick)
    {
        Biquad rumble = Biquad.LowPass(140, 0.8), hiss = Biquad.HighPass(2500);
        var crackle = new SweptFilter();
        double level = 0, pitch = 2000, decay = 0.9955;
        for (var i = 0; i < output.Length; i++)
        {
            var heat = lick[i];
            var value = 0.9 * (0.6 + 0.4 * heat) * rumble.Next(noise.Brown()) + 0.02 * hiss.Next(noise.White()) * (0.5 + heat);
            if (noise.Uniform() < 14.0 / Media.Audio.Soundtrack.SampleRateHz * (0.4 + heat))
                (level, pitch, decay) = (0.2 + 1.3 * Math.Pow(noise.Uniform(), 4), noise.Between(1200, 5700), noise.Between(0.9945, 0.9978));
            crackle.Next(noise.White() * level, pitch, 1.6);
            level *= decay;
            output[i] = (float)(value + 0.8 * crackle.Band);
        }
    }
}
