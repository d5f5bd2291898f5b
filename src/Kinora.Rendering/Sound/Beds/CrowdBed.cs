using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Ten people talking at once, nobody intelligible: buzzing sources through two wandering formants each, in syllables.</summary>
internal sealed class CrowdBed : ISoundBed
{
    private const int People = 10;

    public string Name => "crowd";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("crowd"), new("market"), new("party"), new("cafe"), new("restaurant"), new("audience"), new("people talking"), new("bustling"), new("festival"), new("stadium"), new("bar"), new("人群"), new("市场"), new("派对"), new("咖啡馆"), new("餐厅"), new("热闹"),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        for (var person = 0; person < People; person++)
            Add(left, right, new NoiseSource(seed, 20 + person));
    }

    private static void Add(Span<float> left, Span<float> right, NoiseSource noise)
    {
        double pitch = noise.Between(95, 215), pan = noise.Uniform(), phase = noise.Uniform();
        Wander syllables = new(noise, left.Length, noise.Between(4.2, 5.2)), vowels = new(noise, left.Length, 3.5), melody = new(noise, left.Length, 1.1);
        SweptFilter first = new(), second = new();
        for (var i = 0; i < left.Length; i++)
        {
            var loud = Math.Max(0, syllables[i] * 1.6 - 0.5);
            phase += pitch * (0.85 + 0.35 * melody[i]) / Media.Audio.Soundtrack.SampleRateHz;
            phase -= Math.Floor(phase);
            var source = (1 - 2 * phase) * 0.6 + 0.25 * noise.White();
            var vowel = vowels[i];
            first.Next(source, 300 + 500 * vowel, 6);
            second.Next(source, 900 + 1300 * (1 - vowel), 8);
            var value = (float)(0.10 * loud * loud * (first.Band + 0.5 * second.Band));
            left[i] += value * (float)(1 - pan);
            right[i] += value * (float)pan;
        }
    }
}
