using System.Buffers.Binary;

namespace Kinora.Media.Images;

/// <summary>Walks a WebP's chunks (RFC 9649, sections 2.4 to 2.7): lossy, lossless and extended.</summary>
internal static class WebpHeader
{
    private const int FirstChunk = 12;

    public static ImageHeader Read(HeaderReader file)
    {
        file.Seek(FirstChunk);
        var (type, length) = NextChunk(file);
        return type switch
        {
            "VP8 " => ReadLossy(file),
            "VP8L" => ReadLossless(file),
            "VP8X" => ReadExtended(file, length),
            _ => throw file.Damaged($"it starts with a chunk named \"{type}\""),
        };
    }

    public static (string Type, long Length) NextChunk(HeaderReader file)
    {
        Span<byte> start = stackalloc byte[8];
        file.Fill(start);
        return (System.Text.Encoding.Latin1.GetString(start[..4]), BinaryPrimitives.ReadUInt32LittleEndian(start[4..]));
    }

    /// <summary>VP8 key frame (RFC 6386, section 9.1): 3 bytes of tag, a start code, then twice 14 bits of size and 2 of scale.</summary>
    private static ImageHeader ReadLossy(HeaderReader file)
    {
        var data = file.ReadBlock(10, 10);
        if ((data[0] & 1) != 0 || data[3] != 0x9D || data[4] != 0x01 || data[5] != 0x2A)
            throw file.Damaged("its pixels do not start with a key frame");
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(6)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(8)) & 0x3FFF);
        return Create(file, width, height);
    }

    /// <summary>VP8L: a signature byte, twice 14 bits of size minus one, a bit for alpha, three for the version.</summary>
    private static ImageHeader ReadLossless(HeaderReader file)
    {
        var data = file.ReadBlock(5, 5);
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(1));
        if (data[0] != 0x2F || bits >> 29 != 0)
            throw file.Damaged("its lossless pixels have a wrong signature");
        return Create(file, (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1) with { HasAlpha = ((bits >> 28) & 1) != 0 };
    }

    private static ImageHeader ReadExtended(HeaderReader file, long length)
    {
        if (length < 10)
            throw file.Damaged("its extended header is too short");
        var start = file.Position;
        var data = file.ReadBlock(10, 10);
        var canvas = Create(file, UInt24(data.AsSpan(4)) + 1, UInt24(data.AsSpan(7)) + 1);
        var (hasAlpha, isAnimated) = ((data[0] & 0x10) != 0, (data[0] & 0x02) != 0);
        canvas = canvas with { HasAlpha = hasAlpha, IsAnimated = isAnimated };
        return isAnimated ? canvas : canvas with { Orientation = FindOrientation(file, start + Padded(length), canvas) };
    }

    /// <summary>Walks the remaining chunks: EXIF comes after the pixels, which must be as large as the canvas.</summary>
    private static int FindOrientation(HeaderReader file, long position, ImageHeader canvas)
    {
        while (position <= file.Length - 8)
        {
            file.Seek(position);
            var (type, length) = NextChunk(file);
            var next = file.Position + Padded(length);
            if (type == "EXIF")
                return ExifOrientation.Find(file.ReadBlock(Math.Min(length, file.Length - file.Position), ExifOrientation.MaxBytes));
            if (type is "VP8 " or "VP8L" && (type == "VP8 " ? ReadLossy(file) : ReadLossless(file)) is var pixels
                && (pixels.StoredWidth, pixels.StoredHeight) != (canvas.StoredWidth, canvas.StoredHeight))
                throw file.Damaged($"its canvas is {canvas.StoredWidth}x{canvas.StoredHeight}, its pixels are {pixels.StoredWidth}x{pixels.StoredHeight}");
            position = next;
        }

        return 1;
    }

    private static ImageHeader Create(HeaderReader file, int width, int height) =>
        width > 0 && height > 0
            ? new ImageHeader { Format = ImageFormat.Webp, StoredWidth = width, StoredHeight = height }
            : throw file.Damaged($"it says it is {width}x{height} pixels");

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static long Padded(long length) => length + (length & 1);
}
