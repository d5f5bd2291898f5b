using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// softmax(scale · Q·Kᵀ + bias) · V without storing the scores: the checks, and packing keys and values once per head.
/// </summary>
/// <remarks>
/// A task takes 128 queries of a head, in tiles of 32 (see <see cref="AttentionTile{S, V}"/>), through all its keys in blocks of about 168, whose
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
        if (counts.Length > 0)
            Multiply(cpu, q, k, v, output, counts, bias, (options.Scale ?? 1 / MathF.Sqrt(size)) * 1.44269504f);
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

    private static void Multiply(CpuContext cpu, Tensor q, Tensor k, Tensor v, Tensor output, long[] counts, Tensor? bias, float scale)
    {
        var (heads, queries, size, keys) = (q.Shape[1], q.Shape[2], (int)q.Shape[3], k.Shape[2]);
        using var packedKeys = Tensor.Allocate(cpu.Memory, DType.Float32, [q.Shape[0], heads, keys, size]);
        using var packedValues = Tensor.Allocate(cpu.Memory, DType.Float32, [q.Shape[0], heads, keys, size]);
        var plans = counts.Select(count => new KeyBlocks(count, S.TileRows)).ToArray();
        cpu.Team.Run(q.Shape[0] * heads, (task, _) =>
        {
            var (batch, head) = Math.DivRem(task, heads);
            var (offset, layout) = (task * keys * size, k.Layout);
            PackKeys(plans[batch], k.Floats() + (batch * layout.Stride(0)) + (head * layout.Stride(1)), (nint)layout.Stride(2), size, packedKeys.Floats() + offset);
            layout = v.Layout;
            PackValues(counts[batch], v.Floats() + (batch * layout.Stride(0)) + (head * layout.Stride(1)), (nint)layout.Stride(2), size, packedValues.Floats() + offset);
        });
        var tiles = (queries + AttentionTile<S, V>.Queries - 1) / AttentionTile<S, V>.Queries;
        var groups = (tiles + TilesPerTask - 1) / TilesPerTask;
        cpu.Team.Run(q.Shape[0] * heads * groups, (task, worker) =>
        {
            var (matrix, group) = Math.DivRem(task, groups);
            var (batch, head) = Math.DivRem(matrix, heads);
            var (first, end) = (group * tiles / groups, (group + 1) * tiles / groups);
            var tile = new AttentionTile<S, V>(plans[batch], size, packedKeys.Floats() + (matrix * keys * size), packedValues.Floats() + (matrix * keys * size));
            var scratch = cpu.Scratch(worker, tile.ScratchFloats(TilesPerTask));
            var (qs, os) = (new AttentionRows(q, batch, head), new AttentionRows(output, batch, head));
            tile.Run(scratch, qs, os, first, (int)(end - first), queries, scale, bias is null ? null : new AttentionRows(bias, batch, head));
        });
    }

    // Panels of keys [panel][d][key], like the rows of a matrix product.
    private static void PackKeys(in KeyBlocks blocks, float* source, nint step, int size, float* target)
    {
        for (long panel = 0; panel < blocks.Panels; panel++)
        {
            var (first, count) = blocks.Panel(panel);
            var from = source + (first * step);
            var to = target + (first * size);
            var d = 0;
            for (; d + S.Lanes <= size; d += S.Lanes)
                S.Transpose(from + d, step, count, to + (d * count), count);
            for (; d < size; d++)
            {
                for (var i = 0; i < count; i++)
                    to[(d * count) + i] = from[(i * step) + d];
            }
        }
    }

    private static void PackValues(long count, float* source, nint step, int size, float* target)
    {
        for (long key = 0; key < count; key++)
            new ReadOnlySpan<float>(source + (key * step), size).CopyTo(new Span<float>(target + (key * size), size));
    }
}
