namespace Kinora.Rendering.Direction;

/// <summary>A phrase found in a run of tokens.</summary>
/// <param name="Phrase">The vocabulary's entry.</param>
/// <param name="Name">What it names (a move, an effect, a sound).</param>
/// <param name="First">Index of its first token.</param>
/// <param name="Last">Index of its last token.</param>
internal sealed record PhraseMatch(Phrase Phrase, string Name, int First, int Last)
{
    public bool Overlaps(PhraseMatch other) => First <= other.Last && other.First <= Last;
}
