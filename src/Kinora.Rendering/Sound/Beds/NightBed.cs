using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Two crickets, one at each side, chirping at their own rates, a far choir of insects, and a dark hum.</summary>
internal sealed class NightBed : ISoundBed
{
    private const double Rate = Media.Audio.Soundtrack.SampleRateHz;

    public string Name => "night";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("night", Amount: 0.6), new("nighttime", Amount: 0.6), new("midnight", Amount: 0.6), new("cricket"), new("cicada"), new("insect"), new("moonlight", Amount: 0.5), new("moonlit", Amount: 0.5), new("moon", Amount: 0.4), new("firefly", Amount: 0.8), new("starry sky", Amount: 0.5), new("summer night"),
        new("夜", Amount: 0.6), new("夜晚", Amount: 0.6), new("月", Amount: 0.4), new("月光", Amount: 0.5), new("蟋蟀"), new("虫鸣"), new("蝉"), new("昆虫"), new("萤火虫", Amount: 0.8), new("星空", Amount: 0.5), new("夏夜"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        Choir(left, new NoiseSource(seed, 0));
        Choir(right, new NoiseSource(seed, 1));
        Cricket(left, right, chance.Between(4150, 4450), 27, 1.15, -0.5, chance);
        Cricket(left, right, chance.Between(3500, 3800), 33, 0.83, 0.6, chance);
    }

    private static void Choir(Span<float> output, NoiseSource noise)
    {
        Biquad hum = Biquad.LowPass(300), far = Biquad.BandPass(noise.Between(4700, 5300), 14);
        for (var i = 0; i < output.Length; i++)
            output[i] = (float)(0.05 * hum.Next(noise.Brown()) + 0.02 * far.Next(noise.White()));
    }

    // A chirp is a run of equal pulses whose first and last are weaker; the wings close and open softly, or each pulse would click.
    private static void Cricket(Span<float> left, Span<float> right, double hertz, double pulsesPerSecond, double chirpsPerSecond, double pan, NoiseSource chance)
    {
        var pulse = new Grains(1, _ => Pulse(hertz, (int)(0.55 * Rate / pulsesPerSecond)));
        var (l, r) = Stereo.Gains(pan);
        for (var chirp = chance.Uniform() / chirpsPerSecond; chirp < left.Length / Rate; chirp += chance.Between(0.9, 1.12) / chirpsPerSecond)
        {
            var pulses = (int)(pulsesPerSecond / chirpsPerSecond * chance.Between(0.4, 0.55));
            for (var i = 0; i < pulses; i++)
            {
                var at = (int)((chirp + i / pulsesPerSecond) * Rate);
                var level = 0.05 * Math.Min(1, Math.Min(i + 1, pulses - i) / 3.0);
                pulse.Add(left, at, 0, level * l);
                pulse.Add(right, at, 0, level * r);
            }
        }
    }

    private static float[] Pulse(double hertz, int samples)
    {
        var pulse = new float[samples];
        for (var i = 0; i < samples; i++)
        {
            var envelope = Math.Sin(Math.PI * i / samples);
            pulse[i] = (float)(envelope * envelope * Math.Sin(Math.Tau * hertz * i / Rate));
        }
        return pulse;
    }
}
