using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// <see cref="WarpKernel"/> with AVX-512 VBMI: 32 output pixels usually come from fewer than 128 neighbouring texels of a few rows, so whole runs are loaded
/// and picked from, which is several times cheaper than a gather. Two textures with the same map share the picks. Groups that spread wider, reach
/// far beyond the texture, or are left over at the end fall back to <see cref="WarpGather"/>. Byte-identical to <see cref="WarpPortable"/>: where that
/// clamps a position, the texture's repeated edge gives the same value.
/// </summary>
internal static unsafe class WarpPermute
{
    private const int Group = 32, MostRows = 12, Mask = (1 << RowMap.FractionBits) - 1;

    /// <param name="first">What to sample.</param>
    /// <param name="second">Another texture of the same size to sample at the same places, or null.</param>
    /// <param name="map">Positions.</param>
    /// <param name="width">Pixels to write, a multiple of eight.</param>
    /// <param name="output">Takes those of the first.</param>
    /// <param name="secondOutput">Takes those of the second.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(Texture first, Texture? second, RowMap map, int width, byte* output, byte* secondOutput)
    {
        int maxX = first.Width - 1, maxY = first.Height - 1, cellShift = map.CellShift, cells = Group >> cellShift;
        sbyte* origin = first.Origin, other = second is null ? null : second.Origin;
        nint stride = first.Stride;
        // Which cell each pixel lies in, as the index of the low half of a 32-bit integer, and 2048 times its place in it.
        var lane = Vector512<short>.Indices;
        var cellOf = cellShift == 4 ? (lane >>> 4) << 1 : (lane >>> 3) << 1;
        var inside = (lane & Vector512.Create((short)((1 << cellShift) - 1))) << RowMap.StepBits;
        var widest = Vector512.Create((ushort)(((Texture.Run - 1) << RowMap.FractionBits) - 1));
        var x = 0;
        for (; x <= width - Group; x += Group)
        {
            // 1. The corner of the texels that the group picks from, if its map goes one way; whether it does is seen at the positions.
            var cell = x >> cellShift;
            int* basesX = map.X + cell, basesY = map.Y + cell;
            int fromX = basesX[0], toX = basesX[cells], fromY = basesY[0], toY = basesY[cells];
            int left = (fromX < toX ? fromX : toX) >> RowMap.FractionBits, top = (fromY < toY ? fromY : toY) >> RowMap.FractionBits;
            int bottom = (fromY < toY ? toY : fromY) >> RowMap.FractionBits, rows = bottom - top;

            // 2. Positions relative to the corner: 14 bits.
            var across = Spread(basesX, cellOf) - Vector512.Create((short)(left << RowMap.FractionBits)) + Avx512BW.MultiplyHighRoundScale(inside, Spread(map.StepX + cell, cellOf));
            var down = Spread(basesY, cellOf) - Vector512.Create((short)(top << RowMap.FractionBits)) + Avx512BW.MultiplyHighRoundScale(inside, Spread(map.StepY + cell, cellOf));
            var isOutside = Vector512.GreaterThan(across.AsUInt16(), widest)
                | Vector512.GreaterThan(down.AsUInt16(), Vector512.Create((ushort)(((rows + 1) << RowMap.FractionBits) - 1)));
            if (isOutside != Vector512<ushort>.Zero || IsFar(basesX, fromX) || IsFar(basesY, fromY) || left < -Texture.Before || left > maxX || top < -Texture.RowsAround || bottom > maxY + 1 || rows >= MostRows)
            {
                WarpGather.Row(first, map, x, x + Group, output);
                if (second is not null)
                    WarpGather.Row(second, map, x, x + Group, secondOutput);
                continue;
            }

            // 3. Which pair of neighbours each pixel takes, and how it weighs them.
            var column = Avx512BW.ShiftRightLogical(across, RowMap.FractionBits);
            var picks = (column | (Avx512BW.ShiftLeftLogical(column, 8) + Vector512.Create((short)0x0100))).AsByte();
            var fraction = across & Vector512.Create((short)Mask);
            var weights = (Avx512BW.ShiftLeftLogical(fraction, 8) | (Vector512.Create((short)128) - fraction)).AsByte();
            var row = Avx512BW.ShiftRightLogical(down, RowMap.FractionBits);
            var drop = Avx512BW.ShiftLeftLogical(down & Vector512.Create((short)Mask), 8);

            // 4. Pixels.
            var corner = top * stride + left;
            Pixels(origin + corner, stride, rows, picks, weights, row, drop).Store(output + x);
            if (other != null)
                Pixels(other + corner, stride, rows, picks, weights, row, drop).Store(secondOutput + x);
        }
        WarpGather.Row(first, map, x, width, output);
        if (second is not null)
            WarpGather.Row(second, map, x, width, secondOutput);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Pixels(
        sbyte* texels, nint stride, int rows, Vector512<byte> picks, Vector512<byte> weights, Vector512<short> row, Vector512<short> drop)
    {
        Vector512<short> upper = Across(texels, picks, weights), lower = Across(texels + stride, picks, weights);
        var value = upper + Avx512BW.MultiplyHighRoundScale(lower - upper, drop);
        for (var below = 1; below <= rows; below++)
        {
            texels += stride;
            upper = lower;
            lower = Across(texels + stride, picks, weights);
            value = Vector512.ConditionalSelect(
                Vector512.Equals(row, Vector512.Create((short)below)), upper + Avx512BW.MultiplyHighRoundScale(lower - upper, drop), value);
        }
        var codes = Avx512BW.ShiftRightArithmetic(value + Vector512.Create((short)64), RowMap.FractionBits);
        return Avx512BW.ConvertToVector256SByte(codes).AsByte() ^ Vector256.Create((byte)Texture.Bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Across(sbyte* texels, Vector512<byte> picks, Vector512<byte> weights) =>
        Avx512BW.MultiplyAddAdjacent(weights, Avx512Vbmi.PermuteVar64x8x2(Vector512.Load((byte*)texels), picks, Vector512.Load((byte*)texels + 64)).AsSByte());

    // The low half of each of up to four integers to all pixels of its cell.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Spread(int* perCell, Vector512<short> cellOf) =>
        Avx512BW.PermuteVar32x16(Vector128.Load(perCell).AsInt16().ToVector256Unsafe().ToVector512Unsafe(), cellOf);

    // So far from the first cell that 16 bits could not tell.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFar(int* bases, int from) =>
        Vector128.GreaterThanAny((Vector128.Load(bases) - Vector128.Create(from - (1 << 14))).AsUInt32(), Vector128.Create(1u << 15));
}
