namespace Kinora.Media.Images;

/// <summary>Writes the entropy-coded bits of a JPEG: most significant bit first, a zero byte after every 0xFF (ITU-T T.81, F.1.2.3).</summary>
internal sealed class JpegBits(List<byte> output)
{
    private uint _bits;
    private int _count;

    public void Write(int value, int length)
    {
        _bits = (_bits << length) | ((uint)value & ((1u << length) - 1));
        _count += length;
        for (; _count >= 8; _count -= 8)
            Put((byte)(_bits >> (_count - 8)));
    }

    /// <summary>A Huffman symbol.</summary>
    public void Write((int Code, int Length) symbol) => Write(symbol.Code, symbol.Length);

    /// <summary>Fills the last byte with ones.</summary>
    public void Flush() => Write(0x7F, 7);

    private void Put(byte value)
    {
        output.Add(value);
        if (value == 0xFF)
            output.Add(0);
    }
}
