using System.Text;

namespace Kinora.Rendering.Direction;

/// <summary>Cuts a prompt into words, Chinese characters and marks. Whatever is neither (emoji, other scripts' signs) separates words and is dropped.</summary>
internal static class Tokenizer
{
    public static List<Token> Tokenize(string text)
    {
        var tokens = new List<Token>();
        var word = new StringBuilder();
        var folded = Fold(text);
        for (var i = 0; i < folded.Length; i++)
        {
            var character = folded[i];
            if (IsPartOfWord(character, folded, i))
            {
                word.Append(character);
                continue;
            }
            if (character is '\'' or '’')
                continue;
            Flush(tokens, word);
            if (IsIdeograph(character))
                tokens.Add(new Token(character.ToString(), character.ToString(), TokenKind.Character));
            else if (MarkOf(folded, ref i) is { } mark)
                tokens.Add(new Token(character.ToString(), "", mark));
        }
        Flush(tokens, word);
        return tokens;
    }

    // Full-width forms (U+FF01 to U+FF5E) are ASCII in other clothes; .NET's own normalisation does nothing in invariant mode.
    private static string Fold(string text) =>
        string.Create(text.Length, text, (folded, source) =>
        {
            for (var i = 0; i < folded.Length; i++)
                folded[i] = char.ToLowerInvariant(source[i] is >= '\uff01' and <= '\uff5e' ? (char)(source[i] - 0xfee0) : source[i]);
        });

    private static bool IsPartOfWord(char character, string text, int at) =>
        (char.IsLetterOrDigit(character) && !IsIdeograph(character))
        || character == '@'
        || (character == '.' && at > 0 && at + 1 < text.Length && char.IsDigit(text[at - 1]) && char.IsDigit(text[at + 1]));

    private static bool IsIdeograph(char character) => character is >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff';

    private static TokenKind? MarkOf(string text, ref int at)
    {
        switch (text[at])
        {
            case '.' or '!' or '?' or ';' or '\n' or '\r' or '。' or '…':
                return TokenKind.Stop;
            case ',' or ':' or '(' or ')' or '—' or '–' or '"' or '“' or '”' or '「' or '」' or '[' or ']':
                return TokenKind.Comma;
            case '→' or '⇒' or '➜' or '➔':
                return TokenKind.Arrow;
            case '-' or '=' when at + 1 < text.Length && text[at + 1] == '>':
                at++;
                return TokenKind.Arrow;
            default:
                return null;
        }
    }

    private static void Flush(List<Token> tokens, StringBuilder word)
    {
        if (word.Length == 0)
            return;
        var text = word.ToString();
        tokens.Add(new Token(text, Stemmer.Stem(text), TokenKind.Word));
        word.Clear();
    }
}
