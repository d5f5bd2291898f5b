using System.Text;

namespace Kinora.Media.Speech;

/// <summary>Makes a stranger's text safe to hand to a speech synthesiser.</summary>
internal static class SpeechText
{
    /// <summary>Longest text in characters: about 40 seconds of English, more than any clip.</summary>
    public const int MaxCharacters = 600;

    /// <summary>
    /// One line without control characters, and without the signs that espeak-ng reads as its own notation: <c>[[phonemes]]</c> and, in some modes, markup.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxCharacters));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > MaxCharacters)
                break;
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || rune.Value is '[' or ']' or '<' or '>' or '{' or '}')
                AppendSpace(clean);
            else
                clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static void AppendSpace(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ')
            text.Append(' ');
    }
}
