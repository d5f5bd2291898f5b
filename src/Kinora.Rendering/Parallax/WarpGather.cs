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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(Texture texture, RowMap map, int from, int to, byte* output)
    {
        var maxX = Vector256.Create((texture.Width - 1) << RowMap.FractionBits);
        var maxY = Vector256.Create((texture.Height - 1) << RowMap.FractionBits);
        for (var x = from; x < to; x += 8)
        {
            var sourceX = WarpLanes.Positions(map.X, map.CellShift, x, maxX);
            var sourceY = WarpLanes.Positions(map.Y, map.CellShift, x, maxY);
            Pixels(texture, sourceX, sourceY, output + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pixels(Texture texture, Vector256<int> x, Vector256<int> y, byte* output)
    {
        var row = Avx2.MultiplyLow(Avx2.ShiftRightLogical(y, RowMap.FractionBits), Vector256.Create(texture.Stride));
        var at = row + Avx2.ShiftRightLogical(x, RowMap.FractionBits);
        var upper = Avx2.GatherVector256((int*)texture.Origin, at, 2).AsInt16();
        var lower = Avx2.GatherVector256((int*)(texture.Origin + texture.Stride), at, 2).AsInt16();
        WarpLanes.Blend(upper, lower, x, y, output);
    }
}
