using System.Buffers.Binary;

namespace Kinora.Media.Images;

/// <summary>Reads small pieces of a hostile file: every read is checked against its end, and the number of pieces is bounded.</summary>
internal sealed class HeaderReader(Stream file, string format)
{
    /// <summary>Segments or chunks that a header may have before the pixels; real files have fewer than a thousand, even with large embedded profiles.</summary>
    private const int MaxPieces = 20_000;

    private int _pieces;

    public string Format => format;

    public long Position => file.Position;

    public long Length => file.Length;

    public void Seek(long position)
    {
        if (position < 0 || position > file.Length)
            throw CutOff();
        if (++_pieces > MaxPieces)
            throw Damaged($"it has more than {MaxPieces} pieces before its pixels");
        file.Position = position;
    }

    public void Fill(Span<byte> target)
    {
        if (file.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
            throw CutOff();
    }

    public byte ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        Fill(one);
        return one[0];
    }

    public int ReadUInt16()
    {
        Span<byte> two = stackalloc byte[2];
        Fill(two);
        return BinaryPrimitives.ReadUInt16BigEndian(two);
    }

    /// <summary>Reads a block whose size the file gives, at most <paramref name="cap"/> bytes of it.</summary>
    public byte[] ReadBlock(long bytes, int cap)
    {
        var block = new byte[Math.Min(bytes, cap)];
        Fill(block);
        return block;
    }

    public DamagedMediaException CutOff() => Damaged("it is cut off");

    public DamagedMediaException Damaged(string what) => new($"The {format} file is damaged: {what}.");

    public UnsupportedMediaException Unsupported(string what) => new(format, $"This kind of {format} file is not supported: {what}.");
}
