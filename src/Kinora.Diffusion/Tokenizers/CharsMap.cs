using System.Buffers.Binary;

namespace Kinora.Diffusion.Tokenizers;

/// <summary>
/// A precompiled map from byte sequences to their replacements: a <see href="https://github.com/s-yata/darts-clone">double-array trie</see> whose values
/// point into a block of zero-terminated texts. The longest entry that the text begins with wins.
/// </summary>
internal sealed class CharsMap
{
    private readonly uint[] _units;
    private readonly byte[] _texts;

    /// <summary>Reads a map; an empty one maps nothing.</summary>
    /// <exception cref="FormatException">The lengths do not fit.</exception>
    public CharsMap(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty)
        {
            (_units, _texts) = ([], []);
            return;
        }

        var size = blob.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(blob);
        if (size == 0 || size % 4 != 0 || size > blob.Length - 4)
            throw new FormatException($"the map of characters claims {size} of {blob.Length} bytes.");
        _units = new uint[size / 4];
        for (var i = 0; i < _units.Length; i++)
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(blob[(4 + (4 * i))..]);
        _texts = blob[(int)(4 + size)..].ToArray();
    }

    /// <summary>The longest entry at the beginning of a text; its length is 0 if there is none.</summary>
    public int Longest(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        var (length, value) = (0, 0u);
        var position = _units.Length == 0 ? uint.MaxValue : Offset(_units[0]);
        for (var i = 0; i < text.Length; i++)
        {
            position ^= text[i];
            if (position >= _units.Length || (_units[position] & 0x8000_00FF) != text[i])
                break;
            var unit = _units[position];
            position ^= Offset(unit);
            if ((unit & 0x100) != 0 && position < _units.Length)
                (length, value) = (i + 1, _units[position] & 0x7FFF_FFFF);
        }

        replacement = length == 0 ? default : Text(value);
        return length;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);

    private ReadOnlySpan<byte> Text(uint start)
    {
        if (start >= _texts.Length)
            return default;
        var rest = _texts.AsSpan((int)start);
        var end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }
}
