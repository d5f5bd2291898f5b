namespace Kinora.Media.Images;

/// <summary>
/// Writes small pictures as baseline JPEG with half chroma (ITU-T T.81, and JFIF 1.02 for the colours): for previews, where starting a child process would
/// cost more than the whole picture. About 2 ms for 320x180.
/// </summary>
public static class JpegEncoder
{
    /// <summary>Encodes a picture.</summary>
    /// <param name="image">RGB; odd sides are fine.</param>
    /// <param name="quality">1 to 100, as libjpeg counts it. Default 75.</param>
    /// <exception cref="ArgumentException">The image has alpha.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The quality is out of range.</exception>
    public static byte[] Encode(Image image, int quality = 75)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (image.Channels != 3)
            throw new ArgumentException("A JPEG has no alpha: expected RGB.", nameof(image));
        var (luma, chroma) = (Scale(JpegTables.LumaSteps, quality), Scale(JpegTables.ChromaSteps, quality));
        var output = new List<byte>(image.Width * image.Height / 4 + 1024);
        WriteHeader(output, image, luma, chroma);
        WriteScan(output, image, luma, chroma);
        output.AddRange([0xFF, 0xD9]);
        return [.. output];
    }

    /// <summary>libjpeg's scale: 50 is the tables as they are.</summary>
    private static byte[] Scale(ReadOnlySpan<byte> steps, int quality)
    {
        var percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        var scaled = new byte[64];
        for (var i = 0; i < 64; i++)
            scaled[i] = (byte)Math.Clamp((steps[i] * percent + 50) / 100, 1, 255);
        return scaled;
    }

    private static void WriteHeader(List<byte> output, Image image, byte[] luma, byte[] chroma)
    {
        output.AddRange([0xFF, 0xD8]);
        WriteSegment(output, 0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0]);
        WriteSegment(output, 0xDB, [0, .. InZigzag(luma), 1, .. InZigzag(chroma)]);
        WriteSegment(output, 0xC0, [8, (byte)(image.Height >> 8), (byte)image.Height, (byte)(image.Width >> 8), (byte)image.Width, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        WriteTable(output, 0x00, JpegTables.LumaDc);
        WriteTable(output, 0x10, JpegTables.LumaAc);
        WriteTable(output, 0x01, JpegTables.ChromaDc);
        WriteTable(output, 0x11, JpegTables.ChromaAc);
        WriteSegment(output, 0xDA, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    }

    private static byte[] InZigzag(byte[] steps) => [.. Enumerable.Range(0, 64).Select(k => steps[JpegTables.Zigzag[k]])];

    private static void WriteTable(List<byte> output, byte id, JpegHuffman table) => WriteSegment(output, 0xC4, [id, .. table.Counts, .. table.Symbols]);

    private static void WriteSegment(List<byte> output, byte marker, byte[] content)
    {
        var length = content.Length + 2;
        output.AddRange([0xFF, marker, (byte)(length >> 8), (byte)length]);
        output.AddRange(content);
    }

    private static void WriteScan(List<byte> output, Image image, byte[] luma, byte[] chroma)
    {
        var bits = new JpegBits(output);
        var macroblock = new JpegMacroblock(image);
        var y = new JpegBlock(luma, JpegTables.LumaDc, JpegTables.LumaAc);
        var cb = new JpegBlock(chroma, JpegTables.ChromaDc, JpegTables.ChromaAc);
        var cr = new JpegBlock(chroma, JpegTables.ChromaDc, JpegTables.ChromaAc);
        for (var top = 0; top < image.Height; top += JpegMacroblock.Side)
        {
            for (var left = 0; left < image.Width; left += JpegMacroblock.Side)
            {
                macroblock.Read(left, top);
                foreach (var block in macroblock.Luma)
                    y.Write(block, bits);
                cb.Write(macroblock.BlueDifference, bits);
                cr.Write(macroblock.RedDifference, bits);
            }
        }
        bits.Flush();
    }
}
