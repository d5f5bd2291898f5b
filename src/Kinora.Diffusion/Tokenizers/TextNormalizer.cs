using System.Text;

namespace Kinora.Diffusion.Tokenizers;

/// <summary>
/// Brings text into the form that a vocabulary was trained on: characters are mapped (full-width to plain, ligatures apart, …), spaces are joined and
/// marked. Follows <see href="https://github.com/google/sentencepiece/blob/master/src/normalizer.cc">SentencePiece's normaliser</see>.
/// </summary>
internal sealed class TextNormalizer(SentencePieceModel model)
{
    private static readonly byte[] Mark = "\u2581"u8.ToArray();
    private static readonly byte[] Replacement = "\uFFFD"u8.ToArray();

    private readonly CharsMap map = new(model.CharsMap);
    private readonly byte[] space = model.EscapesSpaces ? Mark : [(byte)' '];

    /// <summary>The normalised text in UTF-8.</summary>
    public byte[] Normalize(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (model.TrimsSpaces && !rest.IsEmpty && Next(rest, out var first) is var count && first is [(byte)' '])
            rest = rest[count..];
        if (rest.IsEmpty)
            return [];
        var output = new List<byte>(rest.Length + 3);
        if (model.AddsPrefix)
            output.AddRange(space);
        var isAfterSpace = model.TrimsSpaces;
        while (!rest.IsEmpty)
        {
            rest = rest[Next(rest, out var piece)..];
            while (isAfterSpace && piece is [(byte)' ', ..])
                piece = piece[1..];
            Append(output, piece);
            if (!piece.IsEmpty)
                isAfterSpace = model.TrimsSpaces && piece[^1] == ' ';
        }

        while (model.TrimsSpaces && output.Count >= space.Length && EndsWithSpace(output))
            output.RemoveRange(output.Count - space.Length, space.Length);
        return [.. output];
    }

    // The replacement of what the text begins with, and how many bytes that was.
    private int Next(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        var count = map.Longest(text, out replacement);
        if (count > 0)
            return count;
        var isValid = Rune.DecodeFromUtf8(text, out _, out count) == System.Buffers.OperationStatus.Done;
        replacement = isValid ? text[..count] : Replacement;
        return isValid ? count : 1;
    }

    private void Append(List<byte> output, ReadOnlySpan<byte> piece)
    {
        foreach (var value in piece)
        {
            if (value == ' ')
                output.AddRange(space);
            else
                output.Add(value);
        }
    }

    private bool EndsWithSpace(List<byte> output)
    {
        for (var i = 1; i <= space.Length; i++)
        {
            if (output[^i] != space[^i])
                return false;
        }

        return true;
    }
}
