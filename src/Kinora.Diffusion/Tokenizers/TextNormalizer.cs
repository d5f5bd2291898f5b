using System.Text;

namespace Kinora.Diffusion.Tokenizers;

/// <summary>
/// Brings text into the form that a vocabulary was trained on: characters are mapped (full-width to plain, ligatures apart, …), spaces are joined and
/// marked. Follows <see href="https://github.com/google/sentencepiece/blob/master/src/normalizer.cc">SentencePiece's normaliser</see>.
/// </summary>
internal sealed class TextNormalizer(SentencePieceModel model)
{
    private static readonly byte[] s_mark = "\u2581"u8.ToArray();
    private static readonly byte[] s_replacement = "\uFFFD"u8.ToArray();

    private readonly CharsMap _map = new(model.CharsMap);
    private readonly byte[] _space = model.EscapesSpaces ? s_mark : [(byte)' '];

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
            output.AddRange(_space);
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

        while (model.TrimsSpaces && output.Count >= _space.Length && EndsWithSpace(output))
            output.RemoveRange(output.Count - _space.Length, _space.Length);
        return [.. output];
    }

    // The replacement of what the text begins with, and how many bytes that was.
    private int Next(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        var count = _map.Longest(text, out replacement);
        if (count > 0)
            return count;
        var isValid = Rune.DecodeFromUtf8(text, out _, out count) == System.Buffers.OperationStatus.Done;
        replacement = isValid ? text[..count] : s_replacement;
        return isValid ? count : 1;
    }

    private void Append(List<byte> output, ReadOnlySpan<byte> piece)
    {
        foreach (var value in piece)
        {
            if (value == ' ')
                output.AddRange(_space);
            else
                output.Add(value);
        }
    }

    private bool EndsWithSpace(List<byte> output)
    {
        for (var i = 1; i <= _space.Length; i++)
        {
            if (output[^i] != _space[^i])
                return false;
        }

        return true;
    }
}
