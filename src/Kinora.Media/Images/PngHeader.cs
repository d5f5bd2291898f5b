using System.Buffers.Binary;

namespace Kinora.Media.Images;

/// <summary>Walks a PNG's chunks (W3C PNG, third edition, sections 5 and 11) up to the first pixels.</summary>
internal static class PngHeader
{
    private const int SignatureBytes = 8;
    private const int HeaderBytes = 13;
    private const int CrcBytes = 4;

    public static ImageHeader Read(HeaderReader file)
    {
        file.Seek(SignatureBytes);
        var (firstType, firstLength) = NextChunk(file);
        if (firstType != "IHDR" || firstLength != HeaderBytes)
            throw file.Damaged("it does not start with an IHDR chunk");
        var header = ReadSize(file);
        file.Seek(SignatureBytes + 8 + HeaderBytes + CrcBytes);
        while (true)
        {
            var (type, length) = NextChunk(file);
            var next = file.Position + length + CrcBytes;
            switch (type)
            {
                case "IDAT":
                    return header;
                case "IEND":
                    throw file.Damaged("it has no pixels");
                case "acTL" when length >= 4:
                    header = header with { IsAnimated = BinaryPrimitives.ReadUInt32BigEndian(file.ReadBlock(4, 4)) > 1 };
                    break;
                case "tRNS":
                    header = header with { HasAlpha = true };
                    break;
                case "eXIf":
                    header = header with { Orientation = ExifOrientation.Find(file.ReadBlock(length, ExifOrientation.MaxBytes)) };
                    break;
            }

            file.Seek(next);
        }
    }

    public static (string Type, long Length) NextChunk(HeaderReader file)
    {
        Span<byte> start = stackalloc byte[8];
        file.Fill(start);
        var length = BinaryPrimitives.ReadUInt32BigEndian(start);
        if (length > int.MaxValue)
            throw file.Damaged("a chunk has an impossible length");
        return (System.Text.Encoding.Latin1.GetString(start[4..]), length);
    }

    private static ImageHeader ReadSize(HeaderReader file)
    {
        Span<byte> data = stackalloc byte[HeaderBytes];
        file.Fill(data);
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw file.Damaged($"it says it is {width}x{height} pixels");
        int bits = data[8], kind = data[9];
        var components = kind switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => throw file.Damaged($"it has the unknown colour type {kind}") };
        if (bits is not (1 or 2 or 4 or 8 or 16))
            throw file.Damaged($"it has {bits} bits per sample");
        return new ImageHeader
        {
            Format = ImageFormat.Png,
            StoredWidth = (int)width,
            StoredHeight = (int)height,
            BitsPerSample = bits,
            Components = components,
            HasAlpha = kind is 4 or 6,
        };
    }
}
