using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Beds;

/// <summary>One kind of ambience: its words and how it is synthesised. A new bed is one file and one line in <see cref="SoundBeds"/>.</summary>
internal interface ISoundBed
{
    string Name { get; }

    /// <summary>The words that ask for it, English and Chinese. <see cref="Phrase.Amount"/> says how surely: 1 for a sound, less for scenery that only suggests it.</summary>
    IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>Fills both channels, which come empty; the level is free, the mixer measures it.</summary>
    void Fill(Span<float> left, Span<float> right, long seed);
}
