using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Songs of one to five gliding notes with overtone and vibrato, over a whisper of leaves.</summary>
internal sealed class BirdsBed : ISoundBed
{
    public string Name => "birds";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("bird"), new("birdsong"), new("forest"), new("garden"), new("woods"), new("woodland"), new("jungle"), new("park"), new("morning"), new("spring"), new("flower"), new("tree"), new("鸟"), new("鸟鸣"), new("森林"), new("花园"), new("清晨"), new("树林"), new("公园"), new("花"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        Leaves(left, new NoiseSource(seed, 0));
        Leaves(right, new NoiseSource(seed, 1));
        var chance = new NoiseSource(seed, 9);
        for (var time = 0.2; time < (double)left.Length / Media.Audio.Soundtrack.SampleRateHz;)
        {
            var notes = 1 + (int)(chance.Uniform() * 5);
            var gap = chance.Between(0.07, 0.18);
            double pitch = chance.Between(2600, 5200), pan = chance.Between(0.1, 0.9), level = chance.Between(0.05, 0.21);
            for (var note = 0; note < notes; note++)
                Note(left, right, (int)((time + note * gap) * Media.Audio.Soundtrack.SampleRateHz), chance, pitch, pan, level);
            time += notes * gap + chance.Between(0.25, 1.55);
        }
    }

    private static void Leaves(Span<float> output, NoiseSource noise)
    {
        var band = Biquad.BandPass(900, 0.4);
        for (var i = 0; i < output.Length; i++)
            output[i] = (float)(0.03 * band.Next(noise.Pink()));
    }

    private static void Note(Span<float> left, Span<float> right, int start, NoiseSource chance, double pitch, double pan, double level)
    {
        var length = (int)(chance.Between(0.04, 0.14) * Media.Audio.Soundtrack.SampleRateHz);
        double glide = (chance.Uniform() - 0.4) * 1800, vibrato = chance.Uniform() * 350, rate = chance.Between(18, 48);
        double phase = 0;
        for (var i = 0; i < length && start + i < left.Length; i++)
        {
            var at = (double)i / length;
            var hertz = pitch + glide * at + vibrato * Math.Sin(2 * Math.PI * rate * i / Media.Audio.Soundtrack.SampleRateHz);
            phase += 2 * Math.PI * hertz / Media.Audio.Soundtrack.SampleRateHz;
            var envelope = Math.Sin(Math.PI * at);
            var value = level * envelope * envelope * (Math.Sin(phase) + 0.15 * Math.Sin(2 * phase));
            left[start + i] += (float)(value * (1 - pan));
            right[start + i] += (float)(value * pan);
        }
    }
}
