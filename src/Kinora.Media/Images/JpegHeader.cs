namespace Kinora.Media.Images;

/// <summary>Walks a JPEG's marker segments (ITU-T T.81, annex B) up to the first scan.</summary>
internal static class JpegHeader
{
    private const int StartOfScan = 0xDA;
    private const int EndOfImage = 0xD9;
    private const int App1 = 0xE1;
    private const int App14 = 0xEE;

    public static ImageHeader Read(HeaderReader file)
    {
        file.Seek(2);
        ImageHeader? frame = null;
        var orientation = 1;
        var hasAdobe = false;
        while (true)
        {
            var marker = NextMarker(file);
            if (marker is EndOfImage)
                throw file.Damaged("it ends before its pixels");
            if (marker is StartOfScan)
                break;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
                continue;
            var length = file.ReadUInt16() - 2;
            if (length < 0)
                throw file.Damaged("a segment has a negative length");
            var next = file.Position + length;
            if (IsFrame(marker))
                frame ??= ReadFrame(file, marker, length);
            else if (marker == App1 && orientation == 1)
                orientation = ExifOrientation.Find(file.ReadBlock(length, ExifOrientation.MaxBytes));
            else if (marker == App14)
                hasAdobe |= file.ReadBlock(length, 5).AsSpan().StartsWith("Adobe"u8);
            file.Seek(next);
        }

        if (frame is null)
            throw file.Damaged("its pixels come before their size");
        // Only Adobe's marker says whether four components are CMYK, YCCK or something else, and that they are inverted.
        if (frame.Components == 4 && !hasAdobe)
            throw file.Unsupported("four colour components without an Adobe marker");
        return frame with { Orientation = orientation, PixelsOffset = file.Position };
    }

    private static int NextMarker(HeaderReader file)
    {
        if (file.ReadByte() != 0xFF)
            throw file.Damaged("a marker is missing where one must be");
        int marker;
        while ((marker = file.ReadByte()) == 0xFF)
        {
            // Fill bytes may come before any marker.
        }

        return marker;
    }

    /// <summary>SOF0 to SOF15; C4, C8 and CC in that range are other things.</summary>
    private static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static ImageHeader ReadFrame(HeaderReader file, int marker, int length)
    {
        if (length < 6)
            throw file.Damaged("its frame header is too short");
        int bits = file.ReadByte(), height = file.ReadUInt16(), width = file.ReadUInt16(), components = file.ReadByte();
        if (width == 0 || height == 0)
            throw file.Damaged($"it says it is {width}x{height} pixels");
        if (marker is not (0xC0 or 0xC1 or 0xC2))
            throw file.Unsupported(marker >= 0xC9 ? "arithmetic coding" : "lossless or hierarchical coding");
        if (bits != 8)
            throw file.Unsupported($"{bits} bits per sample");
        if (components is not (1 or 3 or 4))
            throw file.Unsupported($"{components} colour components");
        return new ImageHeader { Format = ImageFormat.Jpeg, StoredWidth = width, StoredHeight = height, BitsPerSample = bits, Components = components };
    }
}
