using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Sound.Events;

/// <summary>One kind of sound that happens at a moment: its words and how it is synthesised. A new one is one file and one line in <see cref="SoundEvents"/>.</summary>
internal interface ISoundEvent
{
    string Name { get; }

    /// <summary>The words that ask for it, English and Chinese.</summary>
    IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>Whether it goes on for the whole of its step (footsteps) rather than happening once (a bang).</summary>
    bool Repeats { get; }

    /// <summary>How long it rings; for one that repeats, how long each does.</summary>
    double Seconds { get; }

    /// <summary>Its peak above the loudness of the ambience, in decibels: 6 is heard if one listens for it, 18 makes one jump.</summary>
    double Prominence { get; }

    /// <summary>Fills one channel, which comes empty; the level is free.</summary>
    /// <param name="output">As long as the plan's span and the ring after it.</param>
    /// <param name="span">Samples within which strokes may start.</param>
    /// <param name="speed">How fast it goes, 1 = its usual pace.</param>
    /// <param name="noise">All its chance.</param>
    void Fill(Span<float> output, int span, double speed, NoiseSource noise);
}
