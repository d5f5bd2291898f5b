using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// The left operand of a matrix product, packed as <c>[batch][depth block][row panel][k][row]</c>: a panel's block is one run that the register tile
/// reads from front to back. Rows are cut into panels of nearly equal height (1872 = 130 × 14 + 4 × 13), so no tile has masks or a scalar rest.
/// </summary>
internal readonly unsafe struct PackedRows<S, V> : IRowPanels
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private readonly float* _packed;
    private readonly long _rows;
    private readonly long _depth;

    public PackedRows(float* packed, long rows, long depth)
    {
        _packed = packed;
        _rows = rows;
        _depth = depth;
        Count = (rows + S.TileRows - 1) / S.TileRows;
    }

    public long Count { get; }

    /// <summary>K cut evenly into blocks of at most 512; a product without any k has one empty block.</summary>
    public static DepthBlock[] Blocks(long depth, nint* noOffset)
    {
        if (depth == 0)
            return [new DepthBlock(0, 0, 0, noOffset)];
        var count = (depth + PanelProduct<S, V>.MaxDepth - 1) / PanelProduct<S, V>.MaxDepth;
        var length = (depth + count - 1) / count;
        count = (depth + length - 1) / length;
        var blocks = new DepthBlock[count];
        for (var i = 0; i < count; i++)
            blocks[i] = new DepthBlock(i * length, (int)Math.Min(length, depth - (i * length)), 1, noOffset);
        return blocks;
    }

    /// <summary>Copies panel <paramref name="panel"/> of a batch entry; <paramref name="source"/> finds a row's first element.</summary>
    public void Pack(long batch, long panel, DepthBlock[] blocks, float* source, in RowMap map, long firstRow, long columnStep)
    {
        var (first, count) = Range(panel);
        var uniform = map.IsUniform && columnStep == 1;
        foreach (var block in blocks)
        {
            var target = Locate(batch, panel, block, out _);
            if (uniform)
                PackTransposed(source + map.OffsetOf(firstRow + first) + block.Start, (nint)map.Step, count, target, block.Length);
            else
                PackScattered(source + (block.Start * columnStep), map, firstRow + first, columnStep, count, target, block.Length);
        }
    }

    /// <summary>Copies a panel's depth block from rows of words, <paramref name="step"/> apart.</summary>
    public void PackWords(long panel, in DepthBlock block, float* words, nint step) =>
        PackTransposed(words, step, Range(panel).Rows, Locate(0, panel, block, out _), block.Length);

    public (long First, int Rows) Range(long panel)
    {
        var (height, taller) = (_rows / Count, _rows % Count);
        return ((panel * height) + Math.Min(panel, taller), (int)(height + (panel < taller ? 1 : 0)));
    }

    public float* Locate(long batch, long panel, in DepthBlock block, out nint step)
    {
        var (first, count) = Range(panel);
        step = count;
        return _packed + (batch * _rows * _depth) + (block.Start * _rows) + (first * block.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTransposed(float* source, nint rowStep, int count, float* target, int depth)
    {
        var k = 0;
        for (; k + S.Lanes <= depth; k += S.Lanes)
            S.Transpose(source + k, rowStep, count, target + (k * count), count);
        for (; k < depth; k++)
        {
            for (var i = 0; i < count; i++)
                target[(k * count) + i] = source[(i * rowStep) + k];
        }
    }

    private static void PackScattered(float* source, in RowMap map, long first, long columnStep, int count, float* target, int depth)
    {
        for (var i = 0; i < count; i++)
        {
            var row = source + map.OffsetOf(first + i);
            for (var k = 0; k < depth; k++)
                target[(k * count) + i] = row[k * columnStep];
        }
    }
}
