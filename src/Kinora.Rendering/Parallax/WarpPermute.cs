using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// <see cref="WarpKernel"/> with AVX-512 word permutes: eight output pixels usually come from fewer than 32 neighbouring texels of two
/// or three rows, so whole runs are loaded and picked from, which is several times cheaper than a gather. Groups that spread wider fall back
/// to <see cref="WarpGather"/>. Byte-identical to <see cref="WarpPortable"/>.
/// </summary>
internal static unsafe class WarpPermute
{
    private const uint LastPair = 30;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(Texture texture, RowMap map, int from, int to, byte* output)
    {
        var maxX = Vector256.Create((texture.Width - 1) << RowMap.FractionBits);
        var maxY = Vector256.Create((texture.Height - 1) << RowMap.FractionBits);
        var origin = texture.Origin;
        int stride = texture.Stride;
        for (var x = from; x < to; x += 8)
        {
            var sourceX = WarpLanes.Positions(map.X, map.CellShift, x, maxX);
            var sourceY = WarpLanes.Positions(map.Y, map.CellShift, x, maxY);
            var column = Avx2.ShiftRightLogical(sourceX, RowMap.FractionBits);
            var row = Avx2.ShiftRightLogical(sourceY, RowMap.FractionBits);
            // Positions are linear over the group, so the extremes are its ends.
            int left = Math.Min(column.ToScalar(), column.GetElement(7)), top = Math.Min(row.ToScalar(), row.GetElement(7));
            var offset = column - Vector256.Create(left);
            var below = row - Vector256.Create(top);
            if (Vector256.GreaterThanAny(offset.AsUInt32(), Vector256.Create(LastPair)) || Vector256.GreaterThanAny(below.AsUInt32(), Vector256<uint>.One))
            {
                WarpGather.Pixels(texture, sourceX, sourceY, output + x);
                continue;
            }
            var picks = Avx2.Or(offset, Avx2.ShiftLeftLogical(offset + Vector256<int>.One, 16)).AsInt16();
            var texels = origin + top * stride + left;
            var first = Pick(texels, picks);
            var second = Pick(texels + stride, picks);
            if (below == Vector256<int>.Zero)
            {
                WarpLanes.Blend(first, second, sourceX, sourceY, output + x);
                continue;
            }
            var third = Pick(texels + 2 * stride, picks);
            var lowerHalf = Avx2.CompareEqual(below, Vector256<int>.One).AsInt16();
            WarpLanes.Blend(
                Avx2.BlendVariable(first, second, lowerHalf), Avx2.BlendVariable(second, third, lowerHalf), sourceX, sourceY, output + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pick(short* texels, Vector256<short> picks) =>
        Avx512BW.VL.PermuteVar16x16x2(Vector256.Load(texels), picks, Vector256.Load(texels + 16));
}
