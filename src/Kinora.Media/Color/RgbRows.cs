using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kinora.Media.Color;

/// <summary>
/// Rows of interleaved RGB to luma and chroma, by the integers of <see cref="Bt709"/>.
/// Luma: <c>(YR·R + YG·G + YB·B + half) >> 16, plus 16</c>. Chroma: the same on the sums of 2x2 pixels with two bits more,
/// so a chroma sample sits in the middle of its four pixels. Parallel over 16 pixels (48 bytes) of a row; the tail is scalar.
/// Integers throughout: the vector path and <see cref="LumaScalar"/>, <see cref="ChromaScalar"/> give the same bytes.
/// </summary>
internal static class RgbRows
{
    private const int Step = 16;

    /// <summary>Luma of one row: <c>[W, 3]</c> to <c>[W]</c>.</summary>
    public static void Luma(ReadOnlySpan<byte> rgb, Span<byte> y)
    {
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x <= y.Length - Step; x += Step)
            {
                var (r, g, b) = Deinterleave(rgb[(3 * x)..]);
                var low = LumaOf(Vector128.WidenLower(r), Vector128.WidenLower(g), Vector128.WidenLower(b));
                var high = LumaOf(Vector128.WidenUpper(r), Vector128.WidenUpper(g), Vector128.WidenUpper(b));
                Vector128.Narrow(low, high).CopyTo(y[x..]);
            }
        }

        LumaScalar(rgb[(3 * x)..], y[x..]);
    }

    /// <summary>Chroma of two rows: twice <c>[W, 3]</c> to <c>[W/2]</c> each.</summary>
    public static void Chroma(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, Span<byte> u, Span<byte> v)
    {
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; x <= u.Length - (Step / 2); x += Step / 2)
            {
                var (r0, g0, b0) = Deinterleave(top[(6 * x)..]);
                var (r1, g1, b1) = Deinterleave(bottom[(6 * x)..]);
                var (r, g, b) = (SumPairs(r0, r1), SumPairs(g0, g1), SumPairs(b0, b1));
                ChromaOf(r, g, b, Bt709.UR, Bt709.UG, Bt709.UB).GetLower().CopyTo(u[x..]);
                ChromaOf(r, g, b, Bt709.VR, Bt709.VG, Bt709.VB).GetLower().CopyTo(v[x..]);
            }
        }

        ChromaScalar(top[(6 * x)..], bottom[(6 * x)..], u[x..], v[x..]);
    }

    /// <summary>The plain form of <see cref="Luma"/>: its tail, and its twin in the tests.</summary>
    public static void LumaScalar(ReadOnlySpan<byte> rgb, Span<byte> y)
    {
        for (var x = 0; x < y.Length; x++)
        {
            var sum = (Bt709.YR * rgb[3 * x]) + (Bt709.YG * rgb[(3 * x) + 1]) + (Bt709.YB * rgb[(3 * x) + 2]);
            y[x] = (byte)(((sum + (1 << (Bt709.Bits - 1))) >> Bt709.Bits) + 16);
        }
    }

    /// <summary>The plain form of <see cref="Chroma"/>: its tail, and its twin in the tests.</summary>
    public static void ChromaScalar(ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, Span<byte> u, Span<byte> v)
    {
        for (var x = 0; x < u.Length; x++)
        {
            var i = 6 * x;
            var r = top[i] + top[i + 3] + bottom[i] + bottom[i + 3];
            var g = top[i + 1] + top[i + 4] + bottom[i + 1] + bottom[i + 4];
            var b = top[i + 2] + top[i + 5] + bottom[i + 2] + bottom[i + 5];
            u[x] = (byte)((((Bt709.UR * r) + (Bt709.UG * g) + (Bt709.UB * b) + ChromaHalf) >> ChromaShift) + 128);
            v[x] = (byte)((((Bt709.VR * r) + (Bt709.VG * g) + (Bt709.VB * b) + ChromaHalf) >> ChromaShift) + 128);
        }
    }

    private const int ChromaShift = Bt709.Bits + 2;

    private const int ChromaHalf = 1 << (ChromaShift - 1);

    private static Vector128<ushort> LumaOf(Vector128<ushort> r, Vector128<ushort> g, Vector128<ushort> b) =>
        Vector128.Narrow(
            LumaOf(Vector128.WidenLower(r), Vector128.WidenLower(g), Vector128.WidenLower(b)),
            LumaOf(Vector128.WidenUpper(r), Vector128.WidenUpper(g), Vector128.WidenUpper(b)));

    private static Vector128<uint> LumaOf(Vector128<uint> r, Vector128<uint> g, Vector128<uint> b)
    {
        var sum = (r * Bt709.YR) + (g * Bt709.YG) + (b * Bt709.YB) + Vector128.Create(1u << (Bt709.Bits - 1));
        return (sum >> Bt709.Bits) + Vector128.Create(16u);
    }

    private static Vector128<byte> ChromaOf(Vector128<ushort> r, Vector128<ushort> g, Vector128<ushort> b, int kr, int kg, int kb)
    {
        var low = ChromaOf(Vector128.WidenLower(r).AsInt32(), Vector128.WidenLower(g).AsInt32(), Vector128.WidenLower(b).AsInt32(), kr, kg, kb);
        var high = ChromaOf(Vector128.WidenUpper(r).AsInt32(), Vector128.WidenUpper(g).AsInt32(), Vector128.WidenUpper(b).AsInt32(), kr, kg, kb);
        var words = Vector128.Narrow(low, high).AsUInt16();
        return Vector128.Narrow(words, words);
    }

    private static Vector128<int> ChromaOf(Vector128<int> r, Vector128<int> g, Vector128<int> b, int kr, int kg, int kb) =>
        (((r * kr) + (g * kg) + (b * kb) + Vector128.Create(ChromaHalf)) >> ChromaShift) + Vector128.Create(128);

    /// <summary>Adds horizontal neighbours of both rows: eight sums of four pixels.</summary>
    private static Vector128<ushort> SumPairs(Vector128<byte> top, Vector128<byte> bottom)
    {
        var mask = Vector128.Create((ushort)0x00FF);
        var (t, b) = (top.AsUInt16(), bottom.AsUInt16());
        return (t & mask) + (t >> 8) + (b & mask) + (b >> 8);
    }

    /// <summary>48 interleaved bytes to three planes of 16; an index of 255 leaves a zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<byte> R, Vector128<byte> G, Vector128<byte> B) Deinterleave(ReadOnlySpan<byte> rgb)
    {
        const byte o = 255;
        var a = Vector128.Create(rgb);
        var b = Vector128.Create(rgb[16..]);
        var c = Vector128.Create(rgb[32..]);
        var red = Vector128.Shuffle(a, Vector128.Create(0, 3, 6, 9, 12, 15, o, o, o, o, o, o, o, o, o, o))
            | Vector128.Shuffle(b, Vector128.Create(o, o, o, o, o, o, 2, 5, 8, 11, 14, o, o, o, o, o))
            | Vector128.Shuffle(c, Vector128.Create(o, o, o, o, o, o, o, o, o, o, o, 1, 4, 7, 10, 13));
        var green = Vector128.Shuffle(a, Vector128.Create(1, 4, 7, 10, 13, o, o, o, o, o, o, o, o, o, o, o))
            | Vector128.Shuffle(b, Vector128.Create(o, o, o, o, o, 0, 3, 6, 9, 12, 15, o, o, o, o, o))
            | Vector128.Shuffle(c, Vector128.Create(o, o, o, o, o, o, o, o, o, o, o, 2, 5, 8, 11, 14));
        var blue = Vector128.Shuffle(a, Vector128.Create(2, 5, 8, 11, 14, o, o, o, o, o, o, o, o, o, o, o))
            | Vector128.Shuffle(b, Vector128.Create(o, o, o, o, o, 1, 4, 7, 10, 13, o, o, o, o, o, o))
            | Vector128.Shuffle(c, Vector128.Create(o, o, o, o, o, o, o, o, o, o, 0, 3, 6, 9, 12, 15));
        return (red, green, blue);
    }
}
