namespace Kinora.Media.Tests.Images;

/// <summary>Baseline JPEG files of one solid 8x8 block per component, made bit by bit: any number of components, any markers in front.</summary>
internal static class HandMadeJpeg
{
    /// <summary>A header only: SOI, the given segments, a frame header, the start of a scan, nothing else.</summary>
    public static byte[] Header(int width, int height, int components = 3, byte frame = 0xC0, byte bits = 8, params byte[][] segments) =>
        [0xFF, 0xD8, .. segments.SelectMany(s => s), .. Frame(width, height, components, frame, bits), 0xFF, 0xDA];

    /// <summary>A whole picture of 8x8 pixels; every component has one value, as stored.</summary>
    public static byte[] Solid(byte[] values, params byte[][] segments)
    {
        var scan = new List<byte> { (byte)values.Length };
        for (var i = 0; i < values.Length; i++)
            scan.AddRange([(byte)(i + 1), 0]);
        return
        [
            0xFF, 0xD8, .. segments.SelectMany(s => s),
            .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]),
            .. Frame(8, 8, values.Length, 0xC0, 8),
            // DC: sixteen codes of four bits would not fit; eleven categories of five bits do. AC: one code, the end of the block.
            .. Segment(0xC4, [0x00, 0, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
            .. Segment(0xC4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            .. Segment(0xDA, [.. scan, 0, 63, 0]),
            .. Blocks(values),
            0xFF, 0xD9,
        ];
    }

    public static byte[] Segment(byte marker, byte[] data) =>
        [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    /// <summary>Adobe's APP14: transform 0 is CMYK or RGB as is, 1 YCbCr, 2 YCCK.</summary>
    public static byte[] Adobe(byte transform) => Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]);

    /// <summary>An EXIF segment with nothing but the orientation.</summary>
    public static byte[] Exif(byte orientation, bool little = true) => Segment(0xE1, [.. "Exif\0\0"u8, .. Tiff(orientation, little)]);

    public static byte[] Tiff(byte orientation, bool little = true) => little
        ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
        : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];

    private static byte[] Frame(int width, int height, int components, byte marker, byte bits)
    {
        var data = new List<byte> { bits, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)components };
        for (var i = 0; i < components; i++)
            data.AddRange([(byte)(i + 1), 0x11, 0]);
        return Segment(marker, [.. data]);
    }

    /// <summary>With a quantiser of 8 the DC coefficient of a solid block is its value less 128.</summary>
    private static byte[] Blocks(byte[] values)
    {
        var bits = new List<bool>();
        foreach (var value in values)
        {
            var dc = value - 128;
            var category = dc == 0 ? 0 : (int)Math.Log2(Math.Abs(dc)) + 1;
            Append(bits, category, 5);
            Append(bits, dc >= 0 ? dc : dc + (1 << category) - 1, category);
            Append(bits, 0, 1);
        }

        while (bits.Count % 8 != 0)
            bits.Add(true);
        var bytes = bits.Chunk(8).Select(chunk => chunk.Aggregate(0, (sum, bit) => (sum << 1) | (bit ? 1 : 0)));
        return [.. bytes.SelectMany(b => b == 0xFF ? new byte[] { 0xFF, 0 } : [(byte)b])];
    }

    private static void Append(List<bool> bits, int value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
            bits.Add(((value >> bit) & 1) != 0);
    }
}
