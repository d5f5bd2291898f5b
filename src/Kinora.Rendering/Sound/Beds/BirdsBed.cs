using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Songs of one to five gliding notes with overtone and vibrato, over a whisper of leaves.</summary>
internal sealed class BirdsBed : ISoundBed
{
    private const double Rate = Media.Audio.Soundtrack.SampleRateHz;

    public string Name => "birds";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("bird"), new("birdsong"), new("chirp"), new("forest"), new("garden", Amount: 0.7), new("wood"), new("woods"), new("woodland"), new("jungle"), new("park", Amount: 0.6), new("orchard", Amount: 0.6), new("bamboo", Amount: 0.6), new("morning", Amount: 0.4), new("dawn", Amount: 0.4), new("sunrise", Amount: 0.4), new("spring", Amount: 0.4), new("flower", Amount: 0.3), new("blossom", Amount: 0.3), new("tree", Amount: 0.4),
        new("鸟"), new("鸟鸣"), new("小鸟"), new("鸟叫"), new("森林"), new("树林"), new("竹林", Amount: 0.6), new("花园", Amount: 0.7), new("公园", Amount: 0.6), new("清晨", Amount: 0.4), new("早晨", Amount: 0.4), new("花", Amount: 0.3), new("树", Amount: 0.4), new("日出", Amount: 0.4),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        Leaves(left, new NoiseSource(seed, 0));
        Leaves(right, new NoiseSource(seed, 1));
        var chance = new NoiseSource(seed, 9);
        for (var time = 0.2; time < left.Length / Rate;)
        {
            var notes = 1 + (int)(chance.Uniform() * 5);
            var gap = chance.Between(0.07, 0.18);
            var bird = new Bird(chance.Between(2600, 5200), chance.Between(0.1, 0.9), chance.Between(0.05, 0.21));
            for (var note = 0; note < notes; note++)
                bird.Sing(left, right, (int)((time + note * gap) * Rate), chance);
            time += notes * gap + chance.Between(0.25, 1.55);
        }
    }

    private static void Leaves(Span<float> output, NoiseSource noise)
    {
        var band = Biquad.BandPass(900, 0.4);
        for (var i = 0; i < output.Length; i++)
            output[i] = (float)(0.03 * band.Next(noise.Pink()));
    }

    private readonly record struct Bird(double Pitch, double Pan, double Level)
    {
        public void Sing(Span<float> left, Span<float> right, int start, NoiseSource chance)
        {
            var length = (int)(chance.Between(0.04, 0.14) * Rate);
            double glide = (chance.Uniform() - 0.4) * 1800, vibrato = chance.Uniform() * 350, rate = Math.Tau * chance.Between(18, 48) / Rate;
            double phase = 0;
            for (var i = 0; i < length && start + i < left.Length; i++)
            {
                var at = (double)i / length;
                phase += Math.Tau / Rate * (Pitch + glide * at + vibrato * Math.Sin(rate * i));
                // (4x(1-x))^2 is close to a sine squared and much cheaper; sin 2a = 2 sin a cos a.
                var envelope = 4 * at * (1 - at);
                var (sine, cosine) = Math.SinCos(phase);
                var value = Level * envelope * envelope * sine * (1 + 0.3 * cosine);
                left[start + i] += (float)(value * (1 - Pan));
                right[start + i] += (float)(value * Pan);
            }
        }
    }
}
