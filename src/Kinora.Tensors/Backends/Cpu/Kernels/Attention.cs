using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// softmax(scale · Q·Kᵀ + bias) · V without storing the scores: the checks, and packing keys and values once per head.
/// </summary>
/// <remarks>
/// A task takes 128 queries of a head, in tiles of 32 (see <see cref="AttentionTile{S, V, T}"/>), through all its keys in blocks of about 168, whose
/// packed keys and values (2 × 43 KB at D = 64) stay in the second-level cache for the four tiles. Blocks depend on the number of keys alone, so the
/// result does not depend on the number of threads. Tolerance against the naive twin: 5·10⁻⁶ of the largest result.
/// </remarks>
internal static unsafe class Attention<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const int MaxHeadSize = 512;
    private const int TilesPerTask = 4;

    public static void Run(CpuContext cpu, Tensor q, Tensor k, Tensor v, Tensor output, AttentionOptions? options)
    {
        options ??= new AttentionOptions();
        using var check = new OpCheck("Attention");
        foreach (var (name, tensor) in new[] { ("q", q), ("k", k), ("v", v) })
        {
            check.Input(name, tensor);
            check.Rank(name, tensor, 4, 4);
            check.DenseRows(name, tensor);
        }

        var (batches, heads, queries, size, keys) = (q.Shape[0], q.Shape[1], q.Shape[2], q.Shape[3], k.Shape[2]);
        if (size == 0 || size % 8 != 0 || size > MaxHeadSize)
            throw check.Fail($"the head size must be a multiple of 8 up to {MaxHeadSize}, got {q}.");
        check.Shape("k", k, [batches, heads, keys, size]);
        check.Shape("v", v, [batches, heads, keys, size]);
        check.Output("output", output);
        check.Shape("output", output, q.Shape);
        check.DenseRows("output", output);
        foreach (var (name, tensor) in new[] { ("q", q), ("k", k), ("v", v), ("bias", options.Bias) })
            check.Apart("output", output, name, tensor);
        var bias = check.Optional("bias", options.Bias) is { } b ? Expand(check, b, [batches, heads, queries, keys]) : null;
        var counts = output.Shape.ElementCount == 0 ? [] : Counts(check, options.KeyCounts, batches, keys);
        var scale = (options.Scale ?? 1 / MathF.Sqrt(size)) * 1.44269504f;
        if (counts.Length > 0 && cpu.Has(DotKind.BFloat16))
            Multiply<DotTile<BFloat16Dot>>(cpu, q, k, v, output, counts, bias, scale);
        else if (counts.Length > 0)
            Multiply<FloatTile<S, V, Float32Weights<S, V>>>(cpu, q, k, v, output, counts, bias, scale);
    }

    private static Tensor Expand(OpCheck check, Tensor bias, Shape scores)
    {
        check.Rank("bias", bias, 4, 4);
        for (var axis = 0; axis < 4; axis++)
        {
            if (bias.Shape[axis] != scores[axis] && (bias.Shape[axis] != 1 || axis == 3))
                throw check.Fail($"bias must broadcast to {scores}, got {bias}.");
        }

        return bias.Expand(scores);
    }

    private static long[] Counts(OpCheck check, IReadOnlyList<int>? counts, long batches, long keys)
    {
        if (counts is null)
            return [.. Enumerable.Repeat(keys, (int)batches)];
        if (counts.Count != batches || counts.Any(count => count < 0 || count > keys))
            throw check.Fail($"key counts must be {batches} numbers from 0 to {keys}, got [{string.Join(", ", counts)}].");
        return [.. counts];
    }

    private static void Multiply<T>(CpuContext cpu, Tensor q, Tensor k, Tensor v, Tensor output, long[] counts, Tensor? bias, float scale)
        where T : struct, ITile
    {
        var (heads, queries, size, keys) = (q.Shape[1], q.Shape[2], (int)q.Shape[3], k.Shape[2]);
        var (keyFloats, valueFloats) = (keys * (size / T.Together), KeyBlocks.ValueRows(keys, S.TileRows, T.Together) * size);
        using var packedKeys = Tensor.Allocate(cpu.Memory, DType.Float32, [q.Shape[0], heads, keyFloats]);
        using var packedValues = Tensor.Allocate(cpu.Memory, DType.Float32, [q.Shape[0], heads, valueFloats]);
        var plans = counts.Select(count => new KeyBlocks(count, S.TileRows)).ToArray();
        cpu.Team.Run(q.Shape[0] * heads, (task, worker) =>
        {
            var (batch, head) = Math.DivRem(task, heads);
            var (ks, vs) = (new AttentionRows(k, batch, head), new AttentionRows(v, batch, head));
            PackKeys<T>(plans[batch], ks, size, packedKeys.Floats() + (task * keyFloats), cpu.Scratch(worker, S.TileRows * (size + 16L)));
            PackValues<T>(plans[batch], vs, size, packedValues.Floats() + (task * valueFloats));
        });
        var tiles = (queries + AttentionTile<S, V, T>.Queries - 1) / AttentionTile<S, V, T>.Queries;
        var groups = (tiles + TilesPerTask - 1) / TilesPerTask;
        cpu.Team.Run(q.Shape[0] * heads * groups, (task, worker) =>
        {
            var (matrix, group) = Math.DivRem(task, groups);
            var (batch, head) = Math.DivRem(matrix, heads);
            var (first, end) = (group * tiles / groups, (group + 1) * tiles / groups);
            var tile = new AttentionTile<S, V, T>(plans[batch], size, packedKeys.Floats() + (matrix * keyFloats), packedValues.Floats() + (matrix * valueFloats));
            var scratch = cpu.Scratch(worker, tile.ScratchFloats(TilesPerTask));
            var (qs, os) = (new AttentionRows(q, batch, head), new AttentionRows(output, batch, head));
            tile.Run(scratch, qs, os, first, (int)(end - first), queries, scale, bias is null ? null : new AttentionRows(bias, batch, head));
        });
    }

    // Panels of keys [panel][d][key], like the rows of a matrix product.
    private static void PackKeys<T>(in KeyBlocks blocks, AttentionRows source, int size, float* target, float* scratch)
        where T : struct, ITile
    {
        var depth = size / T.Together;
        for (long panel = 0; panel < blocks.Panels; panel++)
        {
            var (first, count) = blocks.Panel(panel);
            float* from = source.Row(first);
            var step = source.Step;
            if (T.Together == 2)
            {
                for (var i = 0; i < count; i++)
                    DotRows.Pairs(from + (i * step), size, (uint*)scratch + (i * (depth + 16)));
                from = scratch;
                step = depth + 16;
            }

            var to = target + (first * depth);
            var d = 0;
            for (; d + S.Lanes <= depth; d += S.Lanes)
                S.Transpose(from + d, step, count, to + (d * count), count);
            for (; d < depth; d++)
            {
                for (var i = 0; i < count; i++)
                    to[(d * count) + i] = from[(i * step) + d];
            }
        }
    }

    // Rows of values one behind the other, or rows of words: those of two keys of a block.
    private static void PackValues<T>(in KeyBlocks blocks, AttentionRows source, int size, float* target)
        where T : struct, ITile
    {
        for (long key = 0; key < blocks.Keys && T.Together == 1; key++)
            new ReadOnlySpan<float>(source.Row(key), size).CopyTo(new Span<float>(target + (key * size), size));
        for (long block = 0; block < blocks.Blocks && T.Together == 2; block++)
        {
            var (first, end) = blocks.Block(block);
            var (key, endKey) = (blocks.Panel(first).First, end == blocks.Panels ? blocks.Keys : blocks.Panel(end).First);
            var to = (uint*)target + (blocks.ValueRow(block, 2) * size);
            for (; key < endKey; key += 2, to += size)
                DotRows.Interleave(source.Row(key), key + 1 < endKey ? source.Row(key + 1) : null, size, to);
        }
    }
}
