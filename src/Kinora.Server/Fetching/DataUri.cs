using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Kinora.Server.Fetching;

/// <summary>
/// A file inside its own URL (RFC 2397): <c>data:[type][;parameters][;base64],content</c>. Its media type is not looked at: content decides.
/// Base64 must be padded; spaces and line breaks in it are skipped, percent escapes are honoured.
/// </summary>
internal sealed class DataUri
{
    private const int ChunkBytes = 48 * 1024;
    private readonly string _text;
    private readonly int _start;
    private readonly int _end;
    private readonly bool _isBase64;

    private DataUri(string text, int start, int end, bool isBase64, long lengthBytes)
    {
        (_text, _start, _end, _isBase64) = (text, start, end, isBase64);
        LengthBytes = lengthBytes;
    }

    /// <summary>The size of the file, counted without decoding it.</summary>
    public long LengthBytes { get; }

    /// <summary>Whether a text claims to be a data URI.</summary>
    public static bool IsDataUri(string text) => text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the content and counts its size. Decodes nothing and copies nothing.</summary>
    /// <returns>Null if there is no comma, a broken percent escape or a character that no URL has.</returns>
    public static DataUri? TryRead(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return null;
        var isBase64 = text.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        var (count, end) = (0L, comma + 1);
        for (var position = comma + 1; position < text.Length;)
        {
            if (!TryNext(text, ref position, out var value))
                return null;
            if (isBase64 && IsSpace(value))
                continue;
            end = position;
            if (!isBase64 || value != '=')
                count++;
        }

        return new DataUri(text, comma + 1, end, isBase64, isBase64 ? count * 3 / 4 : count);
    }

    /// <summary>Decodes the content.</summary>
    /// <returns>False if it is no base64 although it says so; what was written then is worthless.</returns>
    public async Task<bool> TryWriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        var (encoded, decoded) = (new byte[ChunkBytes], new byte[ChunkBytes]);
        var (position, kept) = (_start, 0);
        while (position < _end || kept > 0)
        {
            var count = Fill(encoded, kept, ref position);
            var (used, written) = Decode(encoded.AsSpan(0, count), decoded, isLast: position == _end);
            if (used < 0)
                return false;
            await destination.WriteAsync(decoded.AsMemory(0, written), cancellationToken);
            kept = count - used;
            encoded.AsSpan(used, kept).CopyTo(encoded);
        }

        return true;
    }

    private int Fill(byte[] buffer, int count, ref int position)
    {
        while (count < buffer.Length && position < _end)
        {
            TryNext(_text, ref position, out var value);
            if (!_isBase64 || !IsSpace(value))
                buffer[count++] = value;
        }

        return count;
    }

    /// <returns>How many bytes were used and made; -1 used for content that is no base64.</returns>
    private (int Used, int Written) Decode(ReadOnlySpan<byte> encoded, Span<byte> decoded, bool isLast)
    {
        if (!_isBase64)
        {
            encoded.CopyTo(decoded);
            return (encoded.Length, encoded.Length);
        }

        var status = Base64.DecodeFromUtf8(encoded, decoded, out var used, out var written, isLast);
        var isSound = status == OperationStatus.Done || (status == OperationStatus.NeedMoreData && !isLast);
        return isSound ? (used, written) : (-1, 0);
    }

    private static bool TryNext(string text, ref int position, out byte value)
    {
        var character = text[position++];
        value = (byte)character;
        if (character != '%')
            return character < 0x80;
        if (position + 2 > text.Length || !char.IsAsciiHexDigit(text[position]) || !char.IsAsciiHexDigit(text[position + 1]))
            return false;
        value = byte.Parse(text.AsSpan(position, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        position += 2;
        return true;
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
