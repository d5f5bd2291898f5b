using Kinora.Tensors.Backends.Cpu.Kernels;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>Packs rows of floats as panels of words, rounding on the way: a depth block at a time, so that its rows wait in the first-level cache.</summary>
internal static unsafe class DotPanels<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    // More than the depth block, and not a power of two: rows a power of two apart would share a few sets of the cache.
    private const int Stride = PanelProduct<S, V>.MaxDepth + 16;

    /// <summary>Scratch floats that packing needs.</summary>
    public static long ScratchFloats => S.TileRows * Stride;

    /// <summary>Packs a panel as words of two bfloat16.</summary>
    public static void PackPairs(PackedRows<S, V> panels, long panel, DepthBlock[] blocks, float* x, in RowMap rows, long depth, uint* scratch)
    {
        var (first, count) = panels.Range(panel);
        foreach (var block in blocks)
        {
            var k = 2 * block.Start;
            for (var i = 0; i < count; i++)
                DotRows.Pairs(x + rows.OffsetOf(first + i) + k, Math.Min(2L * block.Length, depth - k), scratch + (i * Stride));
            panels.PackWords(panel, block, (float*)scratch, Stride);
        }
    }

    /// <summary>Packs a panel as words of four bytes and notes the scale of every row.</summary>
    public static void PackQuads(PackedRows<S, V> panels, long panel, DepthBlock[] blocks, float* x, in RowMap rows, long depth, uint* scratch, float* scales)
    {
        var (first, count) = panels.Range(panel);
        var factors = stackalloc float[count];
        for (var i = 0; i < count; i++)
            (scales[first + i], factors[i]) = Int8Rows.Measure(x + rows.OffsetOf(first + i), depth);
        foreach (var block in blocks)
        {
            var k = 4 * block.Start;
            for (var i = 0; i < count; i++)
                Int8Rows.Quads(x + rows.OffsetOf(first + i) + k, Math.Min(4L * block.Length, depth - k), factors[i], scratch + (i * Stride));
            panels.PackWords(panel, block, (float*)scratch, Stride);
        }
    }
}
