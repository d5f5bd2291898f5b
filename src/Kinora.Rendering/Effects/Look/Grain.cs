using System.Runtime.Intrinsics;
using Kinora.Media;

namespace Kinora.Rendering.Effects.Look;

/// <summary>Film grain on luma: near-normal noise from a table, at another place of the table in every row and frame.</summary>
internal sealed record Grain(float Strength, int Frame, long Seed) : IOverlayFrame
{
    private const int TableSize = 1 << 16;
    private static readonly sbyte[] s_table = MakeTable();

    public void Paint(VideoFrame frame, int from, int to)
    {
        // 32 in the table is one standard deviation; the weight has eight fractional bits.
        var weight = (short)Math.Round(Strength * 2.2f * 256 / 32);
        if (weight == 0)
            return;
        for (var row = from; row < to; row++)
            Row(frame.Y.Slice(row * frame.Size.Width, frame.Size.Width), Offset(row, frame.Size.Width), weight);
    }

    private int Offset(int row, int width)
    {
        var hash = ((ulong)Seed * 31 + (ulong)Frame) * 0x9E3779B97F4A7C15UL + (ulong)row * 0xD1B54A32D192ED03UL;
        return (int)((hash >> 40) % (ulong)(TableSize - width - 16));
    }

    private static void Row(Span<byte> row, int offset, short weight)
    {
        var x = 0;
        for (; x <= row.Length - 16; x += 16)
        {
            var noise = Vector256.WidenLower(Vector128.Create<sbyte>(s_table.AsSpan(offset + x)).ToVector256Unsafe());
            var grain = (noise * weight + Vector256.Create((short)128)) >> 8;
            var value = Vector256.WidenLower(Vector128.Create<byte>(row[x..]).ToVector256Unsafe()).AsInt16() + grain;
            value = Vector256.Min(Vector256.Max(value, Vector256<short>.Zero), Vector256.Create((short)255));
            Vector128.Narrow(value.GetLower().AsUInt16(), value.GetUpper().AsUInt16()).CopyTo(row[x..]);
        }
        for (; x < row.Length; x++)
            row[x] = (byte)Math.Clamp(row[x] + ((s_table[offset + x] * weight + 128) >> 8), 0, 255);
    }

    private static sbyte[] MakeTable()
    {
        var noise = new Sound.NoiseSource(5, 0);
        var table = new sbyte[TableSize];
        for (var i = 0; i < table.Length; i++)
            table[i] = (sbyte)Math.Clamp((noise.White() + noise.White() + noise.White() + noise.White()) * 28, -120, 120);
        return table;
    }
}
