using Kinora.Rendering.Direction;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Two crickets, one at each side, chirping at their own rates over a dark hum.</summary>
internal sealed class NightBed : ISoundBed
{
    public string Name => "night";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("night"), new("nighttime"), new("midnight"), new("cricket"), new("cicada"), new("insect"), new("moonlight"), new("moon"), new("firefly"), new("夜"), new("夜晚"), new("月"), new("月光"), new("蟋蟀"), new("虫鸣"), new("萤火虫"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        var chance = new NoiseSource(seed, 9);
        Cricket near = new(chance.Between(4150, 4450), 27, 1.15, chance.Uniform(), 0.1), far = new(chance.Between(3500, 3800), 33, 0.83, chance.Uniform(), -0.2);
        NoiseSource noiseLeft = new(seed, 0), noiseRight = new(seed, 1);
        Biquad humLeft = Biquad.LowPass(300), humRight = Biquad.LowPass(300);
        for (var i = 0; i < left.Length; i++)
        {
            var time = (double)i / Media.Audio.Soundtrack.SampleRateHz;
            double one = near.At(time), two = far.At(time);
            left[i] = (float)(0.05 * humLeft.Next(noiseLeft.Brown()) + 0.05 * one + 0.02 * two);
            right[i] = (float)(0.05 * humRight.Next(noiseRight.Brown()) + 0.03 * one + 0.045 * two);
        }
    }

    private readonly record struct Cricket(double Hertz, double PulsesPerSecond, double ChirpsPerSecond, double Phase, double Threshold)
    {
        // The gate opens and closes softly: a hard one clicks.
        public double At(double time)
        {
            var gate = Smooth.Step(Threshold - 0.08, Threshold + 0.08, Math.Sin(2 * Math.PI * (ChirpsPerSecond * time + Phase)));
            var pulse = Math.Max(0, Math.Sin(2 * Math.PI * PulsesPerSecond * time));
            return gate * pulse * pulse * Math.Sin(2 * Math.PI * Hertz * time);
        }
    }
}
