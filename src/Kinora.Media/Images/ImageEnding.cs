namespace Kinora.Media.Images;

/// <summary>
/// Checks that a file is there to its end, because decoders are lenient and give half a picture. JPEG: the scans end with an EOI marker.
/// PNG: the chunks end with IEND. WebP: the RIFF size fits the file. What may follow after the end is ignored.
/// </summary>
internal static class ImageEnding
{
    private const int BlockBytes = 64 * 1024;

    public static void Check(Stream file, ImageHeader header)
    {
        var whole = header.Format switch
        {
            ImageFormat.Jpeg => HasEndOfImage(file, header.PixelsOffset),
            ImageFormat.Png => HasEndChunk(file),
            _ => HasRiffSize(file),
        };
        if (!whole)
            throw new DamagedMediaException($"The {ImageSignature.ExtensionOf(header.Format)} file is damaged: it is cut off.");
    }

    /// <summary>
    /// Looks for FF D9 backwards from the end of the file to the first scan: within one, FF is always followed by 00 or a restart marker (T.81, B.1.1.5).
    /// The thumbnail in front of the scan has an EOI of its own, which must not count.
    /// </summary>
    private static bool HasEndOfImage(Stream file, long firstScan)
    {
        var block = new byte[BlockBytes + 1];
        for (var end = file.Length; end > firstScan; end -= BlockBytes)
        {
            var start = Math.Max(firstScan, end - BlockBytes);
            var length = (int)(Math.Min(end + 1, file.Length) - start);
            file.Position = start;
            file.ReadExactly(block.AsSpan(0, length));
            if (block.AsSpan(0, length).IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0)
                return true;
        }

        return false;
    }

    private static bool HasEndChunk(Stream file)
    {
        Span<byte> chunk = stackalloc byte[8];
        for (var position = 8L; position <= file.Length - 12;)
        {
            file.Position = position;
            file.ReadExactly(chunk);
            if (chunk[4..].SequenceEqual("IEND"u8))
                return true;
            position += 12 + System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }

        return false;
    }

    private static bool HasRiffSize(Stream file)
    {
        Span<byte> size = stackalloc byte[4];
        file.Position = 4;
        file.ReadExactly(size);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(size) + 8L <= file.Length;
    }
}
