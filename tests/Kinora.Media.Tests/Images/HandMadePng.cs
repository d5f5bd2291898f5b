using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Kinora.Media.Tests.Images;

/// <summary>PNG files made chunk by chunk, honest and hostile.</summary>
internal sealed class HandMadePng
{
    private readonly List<byte> _file = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public HandMadePng(uint width, uint height, byte bits = 8, byte colorType = 2)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colorType);
        With("IHDR", header);
    }

    public HandMadePng With(string type, params byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        _file.AddRange(chunk);
        return this;
    }

    /// <summary>Rows of samples without filter bytes: they are added.</summary>
    public HandMadePng WithRows(params byte[][] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }

        return With("IDAT", packed.ToArray());
    }

    public byte[] End() => [.. With("IEND")._file];

    public byte[] Unfinished() => [.. _file];

    /// <summary>CRC-32 of ISO 3309, bit by bit.</summary>
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }
}
