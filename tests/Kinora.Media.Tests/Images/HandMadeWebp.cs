using System.Buffers.Binary;
using System.Text;

namespace Kinora.Media.Tests.Images;

/// <summary>WebP containers made chunk by chunk.</summary>
internal sealed class HandMadeWebp
{
    private readonly List<byte> _chunks = [];

    public HandMadeWebp With(string type, params byte[] data)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, data.Length);
        _chunks.AddRange(Encoding.ASCII.GetBytes(type));
        _chunks.AddRange(size);
        _chunks.AddRange(data);
        if (data.Length % 2 == 1)
            _chunks.Add(0);
        return this;
    }

    /// <summary>The extended header: flags, and the canvas.</summary>
    public HandMadeWebp Extended(byte flags, int width, int height) =>
        With("VP8X", flags, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), (byte)((width - 1) >> 16), (byte)(height - 1), (byte)((height - 1) >> 8), (byte)((height - 1) >> 16));

    public byte[] End()
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, _chunks.Count + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. _chunks];
    }
}
