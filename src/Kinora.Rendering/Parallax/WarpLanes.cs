using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Rendering.Parallax;

/// <summary>The arithmetic that both SIMD warp kernels share, eight pixels at a time. Needs AVX2.</summary>
internal static unsafe class WarpLanes
{
    private static readonly Vector256<int> Iota = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>Clamped 16.16 positions of the eight pixels from <paramref name="x"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Positions(int* nodes, int cellShift, int x, Vector256<int> maximum)
    {
        int cell = x >> cellShift, inside = x - (cell << cellShift);
        var step = (nodes[cell + 1] - nodes[cell]) >> cellShift;
        var position = Vector256.Create(nodes[cell] + inside * step) + Avx2.MultiplyLow(Iota, Vector256.Create(step));
        return Avx2.Min(Avx2.Max(position, Vector256<int>.Zero), maximum);
    }

    /// <summary>A pair of weights (128 - f, f) per 32-bit lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Weights(Vector256<int> position)
    {
        var fraction = Avx2.And(Avx2.ShiftRightLogical(position, RowMap.FractionBits - WarpKernel.WeightBits), Vector256.Create(127));
        return Avx2.Or(Avx2.ShiftLeftLogical(fraction, 16), Vector256.Create(128) - fraction).AsInt16();
    }

    /// <summary>Blends two rows of texel pairs and writes eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Blend(Vector256<short> upper, Vector256<short> lower, Vector256<int> x, Vector256<int> y, byte* output)
    {
        var weightX = Weights(x);
        var top = Avx2.ShiftRightArithmetic(Avx2.MultiplyAddAdjacent(upper, weightX), WarpKernel.WeightBits);
        var bottom = Avx2.ShiftRightArithmetic(Avx2.MultiplyAddAdjacent(lower, weightX), WarpKernel.WeightBits);
        var pairs = Avx2.Blend(top.AsInt16(), Avx2.ShiftLeftLogical(bottom, 16).AsInt16(), 0b10101010);
        var value = Avx2.ShiftRightArithmetic(Avx2.MultiplyAddAdjacent(pairs, Weights(y)) + Vector256.Create(1 << 12), 13);
        var words = Sse2.PackSignedSaturate(value.GetLower(), value.GetUpper());
        *(ulong*)output = Sse2.PackUnsignedSaturate(words, words).AsUInt64().ToScalar();
    }
}
