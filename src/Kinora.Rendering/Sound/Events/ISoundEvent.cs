using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>A sound that happens at a moment: its words and how it is synthesised. A new one is one file and one line in <see cref="SoundEvents"/>.</summary>
internal interface ISoundEvent
{
    string Name { get; }

    /// <summary>The words that ask for it, English and Chinese.</summary>
    IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>Whether it goes on for the whole shot (steps) or happens once (a bell).</summary>
    bool Repeats { get; }

    /// <summary>Adds it, mono, from the first sample on; peaks around 0.5.</summary>
    void Add(Span<float> output, NoiseSource noise);
}
