using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Kinora.Server.Platform;

/// <summary>Where a next page begins, as an opaque word: which list it belongs to, and a number that only that list understands.</summary>
internal static class Cursor
{
    private const int MaxLength = 128;

    /// <summary>Writes a cursor.</summary>
    public static string Write(string list, long position) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{list}:{position}")));

    /// <summary>Reads a cursor of this very list.</summary>
    /// <exception cref="PlatformRefusedException">It is none.</exception>
    public static long Read(string list, string cursor)
    {
        var bytes = new byte[MaxLength];
        if (cursor.Length <= MaxLength && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is var text && text.StartsWith(list + ":", StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(list.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return position;
        throw PlatformRefusedException.Invalid("cursor is not one that this list gave: pass next_cursor of the page before, unchanged, or leave it out.");
    }
}
