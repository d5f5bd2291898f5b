using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// <see cref="WarpKernel"/> with AVX-512 VBMI: 32 output pixels usually come from fewer than 128 neighbouring texels of a few rows, so whole runs are loaded
/// and picked from, which is several times cheaper than a gather. Two textures with the same map share the picks. Groups that spread wider, reach
/// beyond the texture, or are left over at the end fall back to <see cref="WarpGather"/>. Byte-identical to <see cref="WarpPortable"/>.
/// </summary>
internal static unsafe class WarpPermute
{
    private const int Group = 32, MostRows = 12;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(Texture texture, RowMap map, int width, byte* output)
    {
        int maxX = texture.Width - 1, maxY = texture.Height - 1;
        var origin = texture.Origin;
        nint stride = texture.Stride;
        var x = 0;
        for (; x <= width - Group; x += Group)
        {
            if (!Covers(map, x, maxX, maxY, out var left, out var top, out var rows))
            {
                WarpGather.Row(texture, map, x, x + Group, output);
                continue;
            }
            var lanes = new Lanes(map, x, left, top);
            lanes.Pixels(origin + top * stride + left, stride, rows, output + x);
        }
        WarpGather.Row(texture, map, x, width, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(Texture first, Texture second, RowMap map, int width, byte* firstOutput, byte* secondOutput)
    {
        int maxX = first.Width - 1, maxY = first.Height - 1;
        sbyte* origin = first.Origin, other = second.Origin;
        nint stride = first.Stride;
        var x = 0;
        for (; x <= width - Group; x += Group)
        {
            if (!Covers(map, x, maxX, maxY, out var left, out var top, out var rows))
            {
                WarpGather.Row(first, map, x, x + Group, firstOutput);
                WarpGather.Row(second, map, x, x + Group, secondOutput);
                continue;
            }
            var lanes = new Lanes(map, x, left, top);
            lanes.Pixels(origin + top * stride + left, stride, rows, firstOutput + x);
            lanes.Pixels(other + top * stride + left, stride, rows, secondOutput + x);
        }
        WarpGather.Row(first, map, x, width, firstOutput);
        WarpGather.Row(second, map, x, width, secondOutput);
    }

    // The texels that a group needs lie between the extremes of its cells' corners: positions are linear in every cell.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Covers(RowMap map, int x, int maxX, int maxY, out int left, out int top, out int rows)
    {
        var cell = x >> map.CellShift;
        var (leastX, mostX) = Extremes(map.X + cell, map.CellShift);
        var (leastY, mostY) = Extremes(map.Y + cell, map.CellShift);
        (left, top) = (leastX >> RowMap.FractionBits, leastY >> RowMap.FractionBits);
        int right = mostX >> RowMap.FractionBits, bottom = mostY >> RowMap.FractionBits;
        rows = bottom - top;
        return left >= 0 && right < maxX && right - left <= Texture.Run - 2 && top >= 0 && bottom < maxY && rows < MostRows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Least, int Most) Extremes(int* nodes, int cellShift)
    {
        int a = nodes[0], b = nodes[1], c = nodes[2];
        int least = Math.Min(a, Math.Min(b, c)), most = Math.Max(a, Math.Max(b, c));
        return cellShift == 4 ? (least, most) : (Math.Min(least, Math.Min(nodes[3], nodes[4])), Math.Max(most, Math.Max(nodes[3], nodes[4])));
    }

    /// <summary>What 32 pixels pick and how they weigh it.</summary>
    private readonly ref struct Lanes
    {
        private static Vector512<int> Iota16 => Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        private static Vector512<int> Iota8 => Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
        private static Vector512<short> EvenWords => Vector512.Create(
            0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62);

        private readonly Vector512<byte> _picks, _weights;
        private readonly Vector512<short> _rows, _down;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Lanes(RowMap map, int x, int left, int top)
        {
            // Positions relative to the group's corner, in 128ths of a texel: 14 bits.
            var across = Positions(map.X, map.CellShift, x, left);
            var down = Positions(map.Y, map.CellShift, x, top);
            var column = Avx512BW.ShiftRightLogical(across, WarpKernel.WeightBits);
            var fraction = across & Vector512.Create((short)127);
            _picks = (column | (Avx512BW.ShiftLeftLogical(column, 8) + Vector512.Create((short)0x0100))).AsByte();
            _weights = (Avx512BW.ShiftLeftLogical(fraction, 8) | (Vector512.Create((short)128) - fraction)).AsByte();
            _rows = Avx512BW.ShiftRightLogical(down, WarpKernel.WeightBits);
            _down = Avx512BW.ShiftLeftLogical(down & Vector512.Create((short)127), 8);
        }

        /// <param name="texels">The group's corner.</param>
        /// <param name="stride">Texels from row to row.</param>
        /// <param name="rows">How many rows lower the lowest pixel starts than the highest.</param>
        /// <param name="output">Takes 32 bytes.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Pixels(sbyte* texels, nint stride, int rows, byte* output)
        {
            Vector512<short> upper = Across(texels), lower = Across(texels + stride);
            var value = upper + Avx512BW.MultiplyHighRoundScale(lower - upper, _down);
            for (var row = 1; row <= rows; row++)
            {
                texels += stride;
                upper = lower;
                lower = Across(texels + stride);
                var here = Vector512.Equals(_rows, Vector512.Create((short)row));
                value = Vector512.ConditionalSelect(here, upper + Avx512BW.MultiplyHighRoundScale(lower - upper, _down), value);
            }
            var codes = Avx512BW.ShiftRightArithmetic(value + Vector512.Create((short)64), WarpKernel.WeightBits);
            (Avx512BW.ConvertToVector256SByte(codes).AsByte() ^ Vector256.Create((byte)Texture.Bias)).Store(output);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<short> Across(sbyte* texels) =>
            Avx512BW.MultiplyAddAdjacent(_weights, Avx512Vbmi.PermuteVar64x8x2(Vector512.Load((byte*)texels), _picks, Vector512.Load((byte*)texels + 64)).AsSByte());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<short> Positions(int* nodes, int cellShift, int x, int corner)
        {
            nodes += x >> cellShift;
            var origin = corner << RowMap.FractionBits;
            Vector512<int> low, high;
            if (cellShift == 4)
            {
                low = Vector512.Create(nodes[0] - origin) + Iota16 * Vector512.Create((nodes[1] - nodes[0]) >> 4);
                high = Vector512.Create(nodes[1] - origin) + Iota16 * Vector512.Create((nodes[2] - nodes[1]) >> 4);
            }
            else
            {
                low = Pair(nodes[0] - origin, nodes[1] - origin) + Iota8 * Pair((nodes[1] - nodes[0]) >> 3, (nodes[2] - nodes[1]) >> 3);
                high = Pair(nodes[2] - origin, nodes[3] - origin) + Iota8 * Pair((nodes[3] - nodes[2]) >> 3, (nodes[4] - nodes[3]) >> 3);
            }
            const byte Drop = RowMap.FractionBits - WarpKernel.WeightBits;
            return Avx512BW.PermuteVar32x16x2((low >>> Drop).AsInt16(), EvenWords, (high >>> Drop).AsInt16());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<int> Pair(int a, int b) => Vector512.Create(Vector256.Create(a), Vector256.Create(b));
    }
}
