using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>A low rumble, some hiss, and about a dozen crackles a second.</summary>
internal sealed class FireBed : ISoundBed
{
    public const string BedName = "fire";

    private const double CracklesPerSecond = 13;

    public string Name => BedName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("fire"), new("fireplace"), new("campfire"), new("bonfire"), new("flame"), new("candle", Amount: 0.6), new("candlelight", Amount: 0.6), new("burn"), new("torch"), new("ember", Amount: 0.7), new("hearth"), new("wildfire"), new("crackle"),
        new("火"), new("火焰"), new("篝火"), new("燃烧"), new("蜡烛", Amount: 0.6), new("烛光", Amount: 0.6), new("壁炉"), new("火把"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        var lick = Wander.Curve(chance, left.Length, 2.2);
        Channel(left, new NoiseSource(seed, 0), lick);
        Channel(right, new NoiseSource(seed, 1), lick);
        var crackles = new Grains(32, _ => Crackle(chance));
        var count = (int)(CracklesPerSecond * 1.4 * left.Length / Media.Audio.Soundtrack.SampleRateHz);
        for (var i = 0; i < count; i++)
        {
            var at = (int)(chance.Uniform() * left.Length);
            // More of them where the flames are high.
            if (chance.Uniform() > 0.35 + 0.65 * lick[at / Steps.Samples])
                continue;
            var which = (int)(chance.Uniform() * crackles.Count);
            var (l, r) = Stereo.Gains(chance.Between(-0.7, 0.7));
            var level = 0.16 + 1.7 * Math.Pow(chance.Uniform(), 4);
            crackles.Add(left, at, which, level * l);
            crackles.Add(right, at, which, level * r);
        }
    }

    private static void Channel(Span<float> output, NoiseSource noise, double[] lick)
    {
        Biquad rumble = Biquad.LowPass(140, 0.8), hiss = Biquad.HighPass(2500);
        double heat = lick[0];
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            var slope = (lick[step] - heat) / Steps.Samples;
            for (var end = Steps.End(step, output.Length); i < end; i++, heat += slope)
                output[i] = (float)(0.8 * (0.6 + 0.4 * heat) * rumble.Next(noise.Brown()) + 0.03 * hiss.Next(noise.White()) * (0.4 + heat));
        }
    }

    private static float[] Crackle(NoiseSource noise)
    {
        var crackle = new float[2200];
        var band = Biquad.BandPass(noise.Between(1200, 5700), 1.3);
        double level = 1, decay = noise.Between(0.9935, 0.9975);
        for (var i = 0; i < crackle.Length; i++, level *= decay)
            crackle[i] = (float)(1.6 * level * band.Next(noise.White()));
        return crackle;
    }
}
