using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>Sixteen people who talk, each with a pitch and a place, in syllables of a buzz through two moving formants; no word can be made out.</summary>
internal sealed class CrowdBed : ISoundBed
{
    public const string BedName = "crowd";

    private const double Rate = Media.Audio.Soundtrack.SampleRateHz;
    private const int Voices = 16, SyllablesPerVoice = 4;

    public string Name => BedName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("crowd"), new("crowded"), new("audience"), new("market"), new("marketplace"), new("party"), new("cafe"), new("café"), new("restaurant"), new("pub"), new("festival"), new("people chat"), new("people talk"), new("chatter"), new("pedestrian", Amount: 0.7), new("stadium"), new("bazaar"), new("train station", Amount: 0.8), new("airport", Amount: 0.8), new("classroom", Amount: 0.7),
        new("人群"), new("观众"), new("集市"), new("市场"), new("派对"), new("咖啡馆"), new("咖啡厅"), new("餐厅"), new("酒吧"), new("人声鼎沸"), new("热闹"), new("车站", Amount: 0.8), new("机场", Amount: 0.8), new("行人", Amount: 0.7),
    ];

    public void Fill(Span<float> left, Span<float> right, long seed)
    {
        Murmur(left, new NoiseSource(seed, 0));
        Murmur(right, new NoiseSource(seed, 1));
        var chance = new NoiseSource(seed, 9);
        var pitches = Enumerable.Range(0, Voices).Select(voice => voice % 2 == 0 ? chance.Between(95, 145) : chance.Between(165, 235)).ToArray();
        var syllables = new Grains(Voices * SyllablesPerVoice, grain => Syllable(pitches[grain / SyllablesPerVoice], chance));
        for (var voice = 0; voice < Voices; voice++)
            Talk(left, right, voice, syllables, chance);
    }

    // What is too far to be a voice.
    private static void Murmur(Span<float> output, NoiseSource noise)
    {
        var band = Biquad.BandPass(480, 0.7);
        var swell = Wander.Curve(noise, output.Length, 2.5);
        double gain = 0;
        for (int step = 0, i = 0; i < output.Length; step++)
        {
            var slope = (0.12 + 0.1 * swell[step] - gain) / Steps.Samples;
            for (var end = Steps.End(step, output.Length); i < end; i++, gain += slope)
                output[i] = (float)(gain * band.Next(noise.Pink()));
        }
    }

    private static void Talk(Span<float> left, Span<float> right, int voice, Grains syllables, NoiseSource chance)
    {
        var (l, r) = Stereo.Gains(chance.Between(-0.9, 0.9));
        var loud = chance.Between(0.05, 0.16);
        for (var time = chance.Between(-1.5, 0.5); time < left.Length / Rate; time += chance.Between(0.3, 1.4))
        {
            var count = 3 + (int)(chance.Uniform() * 10);
            for (var i = 0; i < count; i++)
            {
                var which = voice * SyllablesPerVoice + (int)(chance.Uniform() * SyllablesPerVoice);
                var level = loud * chance.Between(0.5, 1);
                syllables.Add(left, (int)(time * Rate), which, level * l);
                syllables.Add(right, (int)(time * Rate), which, level * r);
                time += chance.Between(0.13, 0.26);
            }
        }
    }

    private static float[] Syllable(double pitch, NoiseSource noise)
    {
        var syllable = new float[(int)(noise.Between(0.13, 0.28) * Rate)];
        SweptFilter first = new(), second = new();
        double formant1 = noise.Between(320, 800), formant2 = noise.Between(900, 2200), drift = noise.Between(-0.25, 0.25), phase = 0;
        var fall = noise.Between(-0.25, 0.15);
        for (int step = 0, i = 0; i < syllable.Length; step++)
        {
            var at = (double)i / syllable.Length;
            first.Tune(formant1 * (1 + drift * at), 6);
            second.Tune(formant2 * (1 - drift * at), 8);
            var turn = pitch * (1 + fall * at) / Rate;
            for (var end = Steps.End(step, syllable.Length); i < end; i++)
            {
                phase += turn;
                phase -= Math.Floor(phase);
                var source = 0.6 * (1 - 2 * phase) + 0.2 * noise.White();
                first.Next(source);
                second.Next(source);
                var x = (double)i / syllable.Length;
                syllable[i] = (float)(16 * x * x * (1 - x) * (1 - x) * (first.Band / 6 + 0.5 * second.Band / 8) * 3);
            }
        }
        return syllable;
    }
}
