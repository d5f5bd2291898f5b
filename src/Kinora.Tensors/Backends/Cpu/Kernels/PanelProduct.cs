using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// C = epilogue(A · B): the blocking that matrix products and convolutions share.
/// </summary>
/// <remarks>
/// A task is some 224 rows × 256 columns of C. It goes through K in blocks of at most 512: eight column panels of weights (8 × 32 KB as bfloat16, twice that as floats or words)
/// stay in the second-level cache while every row panel (14 × 512 × 4 = 28 KB, first-level cache) runs over them. Sums stay in a private tile of C
/// (240 KB), so the output is written once, by the epilogue, and may be the residual. Which elements are added in which order depends on K alone:
/// neither the number of threads nor the other operands' sizes change a bit of the result.
/// </remarks>
internal static unsafe class PanelProduct<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const int Width = 32;
    private const int RowsPerTask = 224;
    private const int PanelsPerTask = 8;
    private const int TileStride = (PanelsPerTask * Width) + 16;

    /// <summary>The most steps of weight panels in a depth block.</summary>
    public const int MaxDepth = 512;

    public static void Run<TRows>(CpuContext cpu, long batches, TRows rows, DepthBlock[] blocks, WeightPanels weights, long columns, EpilogueStore<S, V> store)
        where TRows : struct, IRowPanels
    {
        if (batches == 0 || rows.Count == 0 || columns == 0)
            return;
        var panels = (columns + Width - 1) / Width;
        var rowChunks = Split(rows.Count, Math.Max(1, RowsPerTask / S.TileRows), 1);
        var columnChunks = Split(panels, PanelsPerTask, Wanted(cpu.Team.Count, batches * rowChunks));
        var tile = (long)((rows.Count / rowChunks) + 1) * S.TileRows * TileStride;
        cpu.Team.Run(batches * rowChunks * columnChunks, (task, worker) =>
        {
            // Neighbouring tasks share their weights, which are the larger operand for all but tiny layers.
            var (columnChunk, rest) = Math.DivRem(task, batches * rowChunks);
            var (batch, rowChunk) = Math.DivRem(rest, rowChunks);
            var scratch = cpu.Scratch(worker, tile + (PanelsPerTask * MaxDepth * Width));
            var (firstPanel, endPanel) = Part(panels, columnChunks, columnChunk);
            var (firstRows, endRows) = Part(rows.Count, rowChunks, rowChunk);
            var job = new Tile<TRows>(batch, firstRows, endRows, firstPanel, (int)(endPanel - firstPanel), Math.Min(columns, endPanel * Width) - (firstPanel * Width));
            switch (weights.Order)
            {
                case WeightOrder.Pairs: Multiply<TRows, DotTile<BFloat16Dot>>(job, rows, blocks, weights, store, scratch, tile); break;
                case WeightOrder.Quads: Multiply<TRows, DotTile<Int8Dot>>(job, rows, blocks, weights, store, scratch, tile); break;
                case var _ when weights.Format == WeightFormat.Float32:
                    Multiply<TRows, FloatTile<S, V, Float32Weights<S, V>>>(job, rows, blocks, weights, store, scratch, tile); break;
                default: Multiply<TRows, FloatTile<S, V, BFloat16Weights<S, V>>>(job, rows, blocks, weights, store, scratch, tile); break;
            }
        });
    }

    /// <summary>How many parts of at most <paramref name="most"/> a number is cut into, and at least <paramref name="least"/> if it can be.</summary>
    private static long Split(long count, long most, long least) => Math.Min(count, Math.Max(least, (count + most - 1) / most));

    // A few rows only: cut the columns finer until there are three tasks per thread.
    private static long Wanted(int threads, long others) => threads == 1 ? 1 : ((3L * threads) + others - 1) / others;

    private static (long First, long End) Part(long count, long parts, long part) => (count * part / parts, count * (part + 1) / parts);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows, T>(Tile<TRows> job, TRows rows, DepthBlock[] blocks, WeightPanels weights, EpilogueStore<S, V> store, float* tile, long tileFloats)
        where TRows : struct, IRowPanels
        where T : struct, ITile
    {
        var (firstRow, _) = rows.Range(job.FirstRows);
        var panelStep = weights.Steps * T.RowBytes;
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = blocks[b];
            var panel = weights.Of(job.Batch) + (job.FirstPanel * panelStep) + (block.Start * T.RowBytes);
            if (weights.Format == WeightFormat.Int8 && weights.Order != WeightOrder.Quads)
                panel = Widen(weights, job, block, (uint*)(tile + tileFloats), out panelStep);
            for (var p = job.FirstRows; p < job.EndRows; p++)
            {
                var (first, count) = rows.Range(p);
                var a = rows.Locate(job.Batch, p, block, out var step);
                var c = tile + ((first - firstRow) * TileStride);
                var next = (byte*)rows.Locate(job.Batch, Math.Min(p + 1, job.EndRows - 1), block, out _);
                var nextStep = Math.Max(1, (nint)count * sizeof(float) / job.Panels);
                for (var j = 0; j < job.Panels; j++)
                {
                    T.Multiply(count, a, step, panel + (j * panelStep), c + (j * Width), TileStride, block, b > 0, next, nextStep);
                    next += nextStep * block.Length;
                }

                if (b == blocks.Length - 1)
                    store.Rows(job.Batch, first, count, job.FirstPanel * Width, (int)job.Columns, c, TileStride);
            }
        }
    }

    // Bytes as bfloat16, which holds them exactly: converting in the register tile would take the units that multiply-adds need. A word takes columns i
    // and i + 16 of a row, or column i of two rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* Widen<TRows>(WeightPanels weights, Tile<TRows> job, in DepthBlock block, uint* buffer, out long panelStep)
    {
        var isPaired = weights.Order == WeightOrder.Pairs;
        var (words, bytes, apart) = isPaired ? (Width, 2 * Width, Width) : (Width / 2, Width, Width / 2);
        panelStep = (long)block.Length * words * sizeof(uint);
        var target = buffer;
        for (var panel = job.FirstPanel; panel < job.FirstPanel + job.Panels; panel++)
        {
            var source = (sbyte*)weights.Of(job.Batch) + (((panel * weights.Steps) + block.Start) * bytes);
            for (var k = 0; k < block.Length; k++, source += bytes, target += words)
            {
                for (var i = 0; i < words; i += S.Lanes)
                    S.StorePairedBFloat16(target + i, S.LoadInt8(source + i), S.LoadInt8(source + apart + i));
            }
        }

        return (byte*)buffer;
    }

    private readonly record struct Tile<TRows>(long Batch, long FirstRows, long EndRows, long FirstPanel, int Panels, long Columns);
}
