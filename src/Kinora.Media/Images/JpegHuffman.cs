namespace Kinora.Media.Images;

/// <summary>A Huffman table of JPEG: ITU-T T.81, annex C.</summary>
internal sealed class JpegHuffman
{
    private readonly ushort[] _codes = new ushort[256];
    private readonly byte[] _lengths = new byte[256];

    /// <param name="counts">Codes of each length from 1 to 16 bits.</param>
    /// <param name="symbols">What they stand for, shortest code first.</param>
    public JpegHuffman(byte[] counts, byte[] symbols)
    {
        (Counts, Symbols) = (counts, symbols);
        int code = 0, next = 0;
        for (var length = 1; length <= 16; length++, code <<= 1)
        {
            for (var k = 0; k < counts[length - 1]; k++, next++, code++)
                (_codes[symbols[next]], _lengths[symbols[next]]) = ((ushort)code, (byte)length);
        }
    }

    public byte[] Counts { get; }

    public byte[] Symbols { get; }

    public (int Code, int Length) this[int symbol] => (_codes[symbol], _lengths[symbol]);
}
