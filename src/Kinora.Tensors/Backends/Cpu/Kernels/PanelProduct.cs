using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// C = epilogue(A · B): the blocking that matrix products and convolutions share.
/// </summary>
/// <remarks>
/// A task is some 224 rows × 256 columns of C. It goes through K in blocks of about 400: the weights' block becomes floats in a private buffer (400 × 256 × 4 =
/// 410 KB, half of the second-level cache), then every row panel (14 × 400 × 4 = 22 KB, first-level cache) runs over its eight column panels. Sums stay in a
/// private tile of C (240 KB), so the output is written once, by the epilogue, and may be the residual. Which elements are added in which order depends on K
/// alone: neither the number of threads nor the other operands' sizes change a bit of the result.
/// </remarks>
internal static unsafe class PanelProduct<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const int Width = RegisterTile<S, V>.PanelWidth;
    private const int RowsPerTask = 448;
    private const int PanelsPerTask = 4;
    private const int TileStride = (PanelsPerTask * Width) + 16;

    /// <summary>The most rows of weight panels in a depth block.</summary>
    public const int MaxDepth = 512;

    public static void Run<TRows>(CpuContext cpu, long batches, TRows rows, DepthBlock[] blocks, WeightPanels<S, V> weights, long columns, EpilogueStore<S, V> store)
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
            var scratch = cpu.Scratch(worker, tile + ((long)MaxDepth * PanelsPerTask * Width));
            var (firstPanel, endPanel) = Part(panels, columnChunks, columnChunk);
            var (firstRows, endRows) = Part(rows.Count, rowChunks, rowChunk);
            var job = new Tile<TRows>(batch, firstRows, endRows, firstPanel, (int)(endPanel - firstPanel), Math.Min(columns, endPanel * Width) - (firstPanel * Width));
            Multiply(job, rows, blocks, weights, store, scratch, scratch + tile);
        });
    }

    /// <summary>How many parts of at most <paramref name="most"/> a number is cut into, and at least <paramref name="least"/> if it can be.</summary>
    private static long Split(long count, long most, long least) => Math.Min(count, Math.Max(least, (count + most - 1) / most));

    // A few rows only: cut the columns finer until there are three tasks per thread.
    private static long Wanted(int threads, long others) => threads == 1 ? 1 : ((3L * threads) + others - 1) / others;

    private static (long First, long End) Part(long count, long parts, long part) => (count * part / parts, count * (part + 1) / parts);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows>(
        Tile<TRows> job, TRows rows, DepthBlock[] blocks, WeightPanels<S, V> weights, EpilogueStore<S, V> store, float* tile, float* buffer)
        where TRows : struct, IRowPanels
    {
        var (firstRow, _) = rows.Range(job.FirstRows);
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = blocks[b];
            var panel = weights.Block(job.Batch, job.FirstPanel, job.Panels, block.Start, block.Length, buffer, out var panelStep);
            for (var p = job.FirstRows; p < job.EndRows; p++)
            {
                var (first, count) = rows.Range(p);
                var a = rows.Locate(job.Batch, p, block, out var step);
                var c = tile + ((first - firstRow) * TileStride);
                var next = (byte*)rows.Locate(job.Batch, Math.Min(p + 1, job.EndRows - 1), block, out _);
                var nextStep = Math.Max(1, (nint)count * sizeof(float) / job.Panels);
                for (var j = 0; j < job.Panels; j++)
                {
                    RegisterTile<S, V>.Multiply(
                        count, a, step, panel + (j * panelStep), c + (j * Width), TileStride, block.Depth, block.Taps, block.TapCount, b > 0, next, nextStep);
                    next += nextStep * block.Length;
                }

                if (b == blocks.Length - 1)
                    store.Rows(job.Batch, first, count, job.FirstPanel * Width, (int)job.Columns, c, TileStride);
            }
        }
    }

    private readonly record struct Tile<TRows>(long Batch, long FirstRows, long EndRows, long FirstPanel, int Panels, long Columns);
}
