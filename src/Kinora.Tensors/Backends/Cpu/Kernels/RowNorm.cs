using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Root-mean-square and layer normalisation along the innermost axis with everything that may follow, in one pass over memory:
/// y = activation((x - mean)·r·gain + shift), r = 1/√(mean square + ε); weight, bias and modulation are folded into gain and shift first.
/// </summary>
/// <remarks>
/// Parallel over rows. A row is read once from memory, summed up, and read again from the first-level cache while it is written; on the way the output's
/// lines and the next row are asked for. (Several rows at a time are slower: rows are often a power of two long, and fall into the same sets of the
/// cache.) An output beyond <see cref="StreamBytes"/> would push everything else out of the caches, and is written around them. Sums run in four
/// vectors, the rest in a part vector added to the first. Tolerance against the naive twin: 3·10⁻⁶ of the largest result.
/// </remarks>
internal static unsafe class RowNorm<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const long TaskElements = 65536;

    /// <summary>The size of an output, in bytes, from which on it is not kept in the caches.</summary>
    private const long StreamBytes = 32 << 20;

    public static void Run(CpuContext cpu, string op, bool centred, Tensor x, Tensor output, NormOptions? options)
    {
        using var check = new OpCheck(op);
        check.Input("x", x);
        check.Output("output", output);
        check.Rank("x", x, 1, Shape.MaxRank);
        check.Shape("output", output, x.Shape);
        check.DenseRows("x", x);
        check.DenseRows("output", output);
        check.Apart("output", output, "x", x, orSame: true);
        options ??= new NormOptions();
        if (!(options.Epsilon >= 0))
            throw check.Fail($"epsilon must be at least 0, got {options.Epsilon}.");
        using var tail = new NormTail(cpu, check, options, x.Shape[-1], new RowMap(x.Layout).Count, output);
        var job = new Job(x.Floats(), new RowMap(x.Layout), output.Floats(), new RowMap(output.Layout), x.Shape[-1], centred, options.Epsilon, tail);
        if (x.Shape.ElementCount == 0)
            return;
        if (options.Activation == Activation.GeluTanh)
            Run(cpu, job, default(Gelu));
        else if (options.Activation == Activation.Silu)
            Run(cpu, job, default(Silu));
        else
            Run(cpu, job, default(Identity));
    }

    private static void Run<F>(CpuContext cpu, Job job, F activation)
        where F : struct, IVectorFunction<V>
    {
        var rowsPerTask = Math.Max(1, TaskElements / job.Size);
        cpu.Team.Run((job.Rows.Count + rowsPerTask - 1) / rowsPerTask, (task, _) =>
            Rows(job, activation, task * rowsPerTask, Math.Min(job.Rows.Count, (task + 1) * rowsPerTask)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<F>(Job job, F activation, long first, long end)
        where F : struct, IVectorFunction<V>
    {
        var size = job.Size;
        for (var row = first; row < end; row++)
        {
            float* x = job.X + job.Rows.OffsetOf(row), y = job.Y + job.Targets.OffsetOf(row);
            float* next = row + 1 < end ? job.X + job.Rows.OffsetOf(row + 1) : x;
            job.Tail.Lines(row, out var gain, out var shift);
            float* lines = job.Streams ? null : y;
            var mean = job.Centred ? Sum(default(Plain), x, lines, size) / size : 0;
            var squares = job.Centred ? DistanceSum(x, size, mean) : Sum(default(Squared), x, lines, size);
            var factor = 1 / MathF.Sqrt((squares / size) + job.Epsilon);
            if (job.Streams && ((nint)y & ((S.Lanes * sizeof(float)) - 1)) == 0)
                Apply(activation, default(Streamed), x, y, next, size, mean, factor, gain, shift);
            else
                Apply(activation, default(Kept), x, y, next, size, mean, factor, gain, shift);
        }

        if (job.Streams)
            Interlocked.MemoryBarrier();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<F, T>(F activation, T target, float* x, float* y, float* next, long size, float mean, float factor, float* gain, float* shift)
        where F : struct, IVectorFunction<V>
        where T : struct, ITarget
    {
        V middle = S.Splat(mean), scale = S.Splat(factor);
        long i = 0;
        for (; i + S.Lanes <= size; i += S.Lanes)
        {
            S.Prefetch(next + i);
            var p = S.Multiply(S.Subtract(S.Load(x + i), middle), scale);
            if (gain != null)
                p = S.MultiplyAdd(p, S.Load(gain + i), S.Load(shift + i));
            target.Store(y + i, activation.Apply(p, default));
        }

        if (i == size)
            return;
        var count = (int)(size - i);
        var q = S.Multiply(S.Subtract(S.LoadPart(x + i, count), middle), scale);
        if (gain != null)
            q = S.MultiplyAdd(q, S.LoadPart(gain + i, count), S.LoadPart(shift + i, count));
        S.StorePart(y + i, activation.Apply(q, default), count);
    }

    // Adds up a row and asks for the lines of its output, unless that is null.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum<T>(T term, float* x, float* y, long size)
        where T : struct, ITerm
    {
        V s0 = S.Splat(0), s1 = s0, s2 = s0, s3 = s0;
        long i = 0;
        for (; i + (4 * S.Lanes) <= size; i += 4 * S.Lanes)
        {
            if (y != null)
            {
                S.Prefetch(y + i);
                S.Prefetch(y + i + S.Lanes);
                S.Prefetch(y + i + (2 * S.Lanes));
                S.Prefetch(y + i + (3 * S.Lanes));
            }

            s0 = term.Add(s0, S.Load(x + i));
            s1 = term.Add(s1, S.Load(x + i + S.Lanes));
            s2 = term.Add(s2, S.Load(x + i + (2 * S.Lanes)));
            s3 = term.Add(s3, S.Load(x + i + (3 * S.Lanes)));
        }

        for (; i < size; i += S.Lanes)
            s0 = term.Add(s0, S.LoadPart(x + i, (int)Math.Min(S.Lanes, size - i)));
        return S.Sum(S.Add(S.Add(s0, s1), S.Add(s2, s3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float DistanceSum(float* x, long size, float mean)
    {
        V middle = S.Splat(mean);
        V s0 = S.Splat(0), s1 = s0, s2 = s0, s3 = s0;
        var edge = stackalloc float[S.Lanes];
        S.Store(edge, middle);
        long i = 0;
        for (; i + (4 * S.Lanes) <= size; i += 4 * S.Lanes)
        {
            V a = S.Subtract(S.Load(x + i), middle), b = S.Subtract(S.Load(x + i + S.Lanes), middle);
            V c = S.Subtract(S.Load(x + i + (2 * S.Lanes)), middle), d = S.Subtract(S.Load(x + i + (3 * S.Lanes)), middle);
            s0 = S.MultiplyAdd(a, a, s0);
            s1 = S.MultiplyAdd(b, b, s1);
            s2 = S.MultiplyAdd(c, c, s2);
            s3 = S.MultiplyAdd(d, d, s3);
        }

        for (; i < size; i += S.Lanes)
        {
            // The lanes beyond the row would count the mean: their distance must be zero.
            var count = (int)Math.Min(S.Lanes, size - i);
            var p = S.Subtract(S.LoadPart(x + i, count), count == S.Lanes ? middle : S.LoadPart(edge, count));
            s0 = S.MultiplyAdd(p, p, s0);
        }

        return S.Sum(S.Add(S.Add(s0, s1), S.Add(s2, s3)));
    }

    private sealed class Job(float* x, RowMap rows, float* y, RowMap targets, long size, bool centred, float epsilon, NormTail tail)
    {
        public float* X => x;

        public RowMap Rows => rows;

        public float* Y => y;

        public RowMap Targets => targets;

        public long Size => size;

        public bool Centred => centred;

        public float Epsilon => epsilon;

        public NormTail Tail => tail;

        public bool Streams { get; } = rows.Count * size * sizeof(float) >= StreamBytes && x != y;
    }

    /// <summary>How results are stored.</summary>
    private interface ITarget
    {
        void Store(float* target, V value);
    }

    private readonly struct Kept : ITarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* target, V value) => S.Store(target, value);
    }

    private readonly struct Streamed : ITarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float* target, V value) => S.StoreStreaming(target, value);
    }

    /// <summary>What is added up of a row.</summary>
    private interface ITerm
    {
        V Add(V sum, V x);
    }

    private readonly struct Plain : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Add(V sum, V x) => S.Add(sum, x);
    }

    private readonly struct Squared : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Add(V sum, V x) => S.MultiplyAdd(x, x, sum);
    }

    private readonly struct Identity : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => a;
    }

    private readonly struct Silu : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => VectorMath<S, V>.Silu(a);
    }

    private readonly struct Gelu : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => VectorMath<S, V>.GeluTanh(a);
    }
}
