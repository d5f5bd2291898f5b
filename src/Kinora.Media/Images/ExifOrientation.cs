using System.Buffers.Binary;

namespace Kinora.Media.Images;

/// <summary>Finds the orientation tag (0x0112) in a TIFF block as EXIF embeds it (CIPA DC-008, section 4.6). Anything odd means upright.</summary>
internal static class ExifOrientation
{
    /// <summary>Bytes of a block that are looked at; the tag sits in the first directory.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int Upright = 1;
    private const int EntryBytes = 12;
    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;

    /// <summary>The orientation, 1 to 8.</summary>
    /// <param name="tiff">The block from its byte-order mark; an <c>Exif\0\0</c> in front is skipped.</param>
    public static int Find(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8))
            tiff = tiff[6..];
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return Upright;
        var little = tiff[0] == 'I';
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return Upright;
        var entries = tiff[(int)directory..];
        var count = UInt16(entries, little);
        for (var i = 0; i < count && entries.Length >= 2 + ((i + 1) * EntryBytes); i++)
        {
            var entry = entries.Slice(2 + (i * EntryBytes), EntryBytes);
            if (UInt16(entry, little) == OrientationTag && UInt16(entry[2..], little) == ShortType)
                return UInt16(entry[8..], little) is var value and >= 1 and <= 8 ? value : Upright;
        }

        return Upright;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
