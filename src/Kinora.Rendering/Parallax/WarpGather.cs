using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// <see cref="WarpKernel"/> with AVX2: one 32-bit gather fetches a texel and its right neighbour for eight pixels.
/// Rows come in multiples of eight; byte-identical to <see cref="WarpPortable"/>.
/// </summary>
internal static unsafe class WarpGather
{
    private static Vector256<int> Iota => Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(Texture texture, RowMap map, int from, int to, byte* output)
    {
        var maxX = Vector256.Create((texture.Width - 1) << RowMap.FractionBits);
        var maxY = Vector256.Create((texture.Height - 1) << RowMap.FractionBits);
        var origin = texture.Origin;
        var stride = texture.Stride;
        for (var x = from; x < to; x += 8)
        {
            var sourceX = Positions(map.X, map.StepX, map.CellShift, x, maxX);
            var sourceY = Positions(map.Y, map.StepY, map.CellShift, x, maxY);
            var at = Avx2.MultiplyLow(Avx2.ShiftRightLogical(sourceY, RowMap.FractionBits), Vector256.Create(stride)) + Avx2.ShiftRightLogical(sourceX, RowMap.FractionBits);
            var fraction = Fraction(sourceX);
            // Bytes 0 and 1 of every lane weigh the texel and its neighbour; the other two are read for nothing.
            var weights = (Avx2.ShiftLeftLogical(fraction, 8) | (Vector256.Create(128) - fraction)).AsByte();
            var upper = Avx2.MultiplyAddAdjacent(weights, Avx2.GatherVector256((int*)origin, at, 1).AsSByte());
            var lower = Avx2.MultiplyAddAdjacent(weights, Avx2.GatherVector256((int*)(origin + stride), at, 1).AsSByte());
            var value = upper + Avx2.MultiplyHighRoundScale(lower - upper, Avx2.ShiftLeftLogical(Fraction(sourceY), 8).AsInt16());
            var words = Avx2.ShiftRightArithmetic(value + Vector256.Create((short)64), RowMap.FractionBits) + Vector256.Create((short)Texture.Bias);
            var pixels = Avx2.And(words.AsInt32(), Vector256.Create(0xFFFF));
            var packed = Sse41.PackUnsignedSaturate(pixels.GetLower(), pixels.GetUpper()).AsInt16();
            *(ulong*)(output + x) = Sse2.PackUnsignedSaturate(packed, packed).AsUInt64().ToScalar();
        }
    }

    // Clamped positions of eight pixels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Positions(int* bases, int* steps, int cellShift, int x, Vector256<int> maximum)
    {
        int cell = x >> cellShift, inside = x - (cell << cellShift);
        var along = Avx2.MultiplyLow(Avx2.ShiftLeftLogical(Iota + Vector256.Create(inside), RowMap.StepBits), Vector256.Create(steps[cell]));
        var position = Vector256.Create(bases[cell]) + Avx2.ShiftRightArithmetic(along + Vector256.Create(1 << 14), 15);
        return Avx2.Min(Avx2.Max(position, Vector256<int>.Zero), maximum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Fraction(Vector256<int> position) => Avx2.And(position, Vector256.Create((1 << RowMap.FractionBits) - 1));
}
