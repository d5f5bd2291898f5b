namespace Kinora.Rendering.Direction;

/// <summary>A word of a prompt, or one Chinese character, or a mark that ends something.</summary>
/// <param name="Text">As written, lower case.</param>
/// <param name="Stem">Without its inflection; see <see cref="Stemmer"/>.</param>
/// <param name="Kind">Word, character or mark.</param>
internal readonly record struct Token(string Text, string Stem, TokenKind Kind)
{
    public bool IsMark => Kind is TokenKind.Comma or TokenKind.Stop or TokenKind.Arrow;
}
