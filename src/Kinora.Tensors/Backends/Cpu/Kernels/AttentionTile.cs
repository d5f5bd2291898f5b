using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Attention of 32 queries at a time, with everything transposed: the queries are the lanes.
/// </summary>
/// <remarks>
/// Sᵀ = K·Qᵀ is the product of key panels with a panel of 32 queries; its softmax runs down the columns, so maxima and sums are plain vectors and
/// nothing crosses lanes; and Sᵀ is then already a packed right operand for Oᵀ = Vᵀ·Pᵀ. Both products are the register tiles of the matrix product.
/// Scores arrive multiplied with log₂e, so that e⁻ becomes 2⁻. A running maximum starts at the smallest float instead of -∞, so that a block whose
/// scores are all -∞ weighs nothing instead of turning into NaN. With dot products (<typeparamref name="T"/>) queries, keys, values and the powers are
/// rounded to bfloat16, two neighbouring ones of the summation index in a word; maxima and sums are floats as ever.
/// </remarks>
internal readonly unsafe struct AttentionTile<S, V, T>(KeyBlocks blocks, int size, float* keys, float* values)
    where S : struct, ISimd<V>
    where V : unmanaged
    where T : struct, ITile
{
    /// <summary>Queries of a tile: the width of a weight panel.</summary>
    public const int Queries = RegisterTile<S, V, Float32Weights<S, V>>.PanelWidth;

    /// <summary>Scratch floats for some tiles.</summary>
    public long ScratchFloats(int tiles) => ((long)blocks.MaxKeys * Queries) + (tiles * TileFloats);

    // Of every tile: Qᵀ [size][32], Oᵀ [size][32], maxima [32], sums [32].
    private long TileFloats => ((2L * size) + 2) * Queries;

    /// <summary>Runs tiles <paramref name="first"/> to <c>first + count - 1</c> through all keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* scratch, AttentionRows q, AttentionRows output, long first, int count, long queries, float scale, AttentionRows? bias)
    {
        var scores = scratch;
        var tiles = scratch + ((long)blocks.MaxKeys * Queries);
        for (var t = 0; t < count; t++)
            Start(tiles + (t * TileFloats), q, (first + t) * Queries, queries, scale);
        for (long block = 0; block < blocks.Blocks; block++)
        {
            for (var t = 0; t < count; t++)
                Step(block, scores, tiles + (t * TileFloats), (first + t) * Queries, queries, bias);
        }

        for (var t = 0; t < count; t++)
            Finish(tiles + (t * TileFloats), output, (first + t) * Queries, queries);
    }

    private void Start(float* tile, AttentionRows q, long first, long queries, float scale)
    {
        var count = (int)Math.Min(Queries, queries - first);
        if (count < Queries)
            new Span<float>(tile, size * Queries).Clear();
        for (var i = 0; i < count; i += S.Lanes)
        {
            var rows = Math.Min(S.Lanes, count - i);
            var d = 0;
            var from = q.Row(first + i);
            for (; d + S.Lanes <= size; d += S.Lanes)
                S.Transpose(from + d, q.Step, rows, tile + (d * Queries) + i, Queries);
            for (; d < size; d++)
            {
                for (var r = 0; r < rows; r++)
                    tile[(d * Queries) + i + r] = from[(r * q.Step) + d];
            }
        }

        for (var i = 0; i < size * Queries; i += S.Lanes)
            S.Store(tile + i, S.Multiply(S.Load(tile + i), S.Splat(scale)));
        for (var d = 0; d < size && T.Together == 2; d += 2)
            DotRows.Interleave(tile + (d * Queries), tile + ((d + 1) * Queries), Queries, (uint*)tile + (d / 2 * Queries));
        var output = tile + (size * Queries);
        var maxima = tile + (2 * size * Queries);
        new Span<float>(output, size * Queries).Clear();
        new Span<float>(maxima, Queries).Fill(float.MinValue);
        new Span<float>(maxima + Queries, Queries).Clear();
    }

    private void Step(long block, float* scores, float* tile, long firstQuery, long queries, AttentionRows? bias)
    {
        var (first, end) = blocks.Block(block);
        var (firstKey, _) = blocks.Panel(first);
        nint noOffset = 0;
        var scoreDepth = new DepthBlock(0, size / T.Together, 1, &noOffset);
        var count = 0;
        for (var panel = first; panel < end; panel++)
        {
            var (key, rows) = blocks.Panel(panel);
            T.Multiply(rows, keys + (key * scoreDepth.Depth), rows, (byte*)tile, scores + (count * Queries), Queries, scoreDepth, false, (byte*)tile, 0);
            count += rows;
        }

        if (bias is not null)
            AddBias(scores, bias, firstKey, count, firstQuery, queries);
        var output = tile + (size * Queries);
        var maxima = tile + (2 * size * Queries);
        Softmax(scores, count, maxima, output, size);
        var valueDepth = new DepthBlock(0, (count + T.Together - 1) / T.Together, 1, &noOffset);
        var from = values + (blocks.ValueRow(block, T.Together) * size);
        var panels = (size + S.TileRows - 1) / S.TileRows;
        for (var p = 0; p < panels; p++)
        {
            var (d, next) = (size * p / panels, size * (p + 1) / panels);
            T.Multiply(next - d, from + d, size, (byte*)scores, output + (d * Queries), Queries, valueDepth, true, (byte*)scores, 0);
        }
    }

    private static void AddBias(float* scores, AttentionRows bias, long firstKey, int count, long firstQuery, long queries)
    {
        for (var i = 0; i < Queries && firstQuery + i < queries; i++)
        {
            var row = bias.Row(firstQuery + i) + (firstKey * bias.ColumnStep);
            for (var key = 0; key < count; key++)
                scores[(key * Queries) + i] += row[key * bias.ColumnStep] * 1.44269504f;
        }
    }

    // Down the columns: new maximum, rescale what is there if it moved, powers and their sum.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax(float* scores, int count, float* maxima, float* output, int size)
    {
        for (var lane = 0; lane < Queries; lane += S.Lanes)
        {
            var old = S.Load(maxima + lane);
            V top = old, other = old;
            var s = scores + lane;
            var k = 0;
            for (; k + 2 <= count; k += 2)
            {
                top = S.Max(top, S.Load(s + (k * Queries)));
                other = S.Max(other, S.Load(s + ((k + 1) * Queries)));
            }

            if (k < count)
                top = S.Max(top, S.Load(s + (k * Queries)));
            top = S.Max(top, other);
            V sum = S.Load(maxima + Queries + lane), sum2 = S.Splat(0);
            if (S.AnyGreater(top, old))
            {
                var shrink = VectorMath<S, V>.Exp2(S.Subtract(old, top));
                sum = S.Multiply(sum, shrink);
                for (var d = 0; d < size; d++)
                    S.Store(output + (d * Queries) + lane, S.Multiply(S.Load(output + (d * Queries) + lane), shrink));
            }

            for (k = 0; k + 2 <= count; k += 2)
            {
                var p = VectorMath<S, V>.Exp2OfNegative(S.Subtract(S.Load(s + (k * Queries)), top));
                var p2 = VectorMath<S, V>.Exp2OfNegative(S.Subtract(S.Load(s + ((k + 1) * Queries)), top));
                sum = S.Add(sum, p);
                sum2 = S.Add(sum2, p2);
                Store(s, k, p, p2);
            }

            if (k < count)
            {
                var p = VectorMath<S, V>.Exp2OfNegative(S.Subtract(S.Load(s + (k * Queries)), top));
                sum = S.Add(sum, p);
                if (T.Together == 2)
                    Store(s, k, p, S.Splat(0));
                else
                    S.Store(s + (k * Queries), p);
            }

            S.Store(maxima + lane, top);
            S.Store(maxima + Queries + lane, S.Add(sum, sum2));
        }
    }

    // The powers of keys k and k + 1: two rows, or a row of words where row k / 2 was.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* scores, int k, V p, V p2)
    {
        if (T.Together == 2)
        {
            Avx512F.Store((uint*)scores + (k / 2 * Queries), DotRows.JoinWeights(Unsafe.BitCast<V, Vector512<float>>(p), Unsafe.BitCast<V, Vector512<float>>(p2)));
            return;
        }

        S.Store(scores + (k * Queries), p);
        S.Store(scores + ((k + 1) * Queries), p2);
    }

    private void Finish(float* tile, AttentionRows output, long first, long queries)
    {
        var sums = tile + (((2 * size) + 1) * Queries);
        var result = tile + (size * Queries);
        for (var lane = 0; lane < Queries; lane += S.Lanes)
        {
            var share = S.Divide(S.Splat(1), S.Load(sums + lane));
            for (var d = 0; d < size; d++)
                S.Store(result + (d * Queries) + lane, S.Multiply(S.Load(result + (d * Queries) + lane), share));
        }

        // Turned back, a whole vector of queries at a time, into the tile's own space if queries are missing, else where it belongs.
        var count = (int)Math.Min(Queries, queries - first);
        var whole = count == Queries;
        var target = whole ? output.Row(first) : tile;
        var step = whole ? output.Step : size;
        for (var i = 0; i < Queries; i += S.Lanes)
        {
            for (var d = 0; d < size; d += S.Lanes)
                S.Transpose(result + (d * Queries) + i, Queries, Math.Min(S.Lanes, size - d), target + (i * step) + d, step);
        }

        for (var i = 0; i < count && !whole; i++)
            new ReadOnlySpan<float>(tile + (i * size), size).CopyTo(new Span<float>(output.Row(first + i), size));
    }
}
