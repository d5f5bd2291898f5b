using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Root-mean-square and layer normalisation along the innermost axis with everything that may follow, in one pass over memory:
/// y = activation((x - mean)·r·gain + shift), r = 1/√(mean square + ε); weight, bias and modulation are folded into gain and shift first.
/// </summary>
/// <remarks>
/// Parallel over rows. Four rows are written together, so that gain and shift are fetched once for all four; while they are written the next four are
/// summed up (root mean square only), so that reading and writing overlap. Gain and shift would else push the
/// rows out of the first-level cache. The rest of a row beyond whole vectors is a part vector. Tolerance against the naive twin: 3·10⁻⁶ of the
/// largest result.
/// </remarks>
internal static unsafe class RowNorm<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const long TaskElements = 65536;
    private const int Together = 4;

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
        var rowsPerTask = Math.Max(1, TaskElements / job.Size / Together) * Together;
        cpu.Team.Run((job.Rows.Count + rowsPerTask - 1) / rowsPerTask, (task, _) =>
            Rows(job, activation, task * rowsPerTask, Math.Min(job.Rows.Count, (task + 1) * rowsPerTask)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<F>(Job job, F activation, long first, long end)
        where F : struct, IVectorFunction<V>
    {
        Line* lines = stackalloc Line[2 * Together], next = lines + Together;
        var isMeasured = false;
        for (var row = first; row < end;)
        {
            job.Tail.Lines(row, out var gain, out var shift);
            var count = 0;
            for (; count < Together && row + count < end && job.Tail.IsLine(row + count, gain); count++)
            {
                if (!isMeasured)
                    lines[count] = Measure(job, row + count);
            }

            row += count;
            isMeasured = count == Together && !job.Centred && end - row >= Together;
            if (isMeasured)
            {
                for (var k = 0; k < Together; k++)
                    next[k] = Find(job, row + k);
                ApplyFour(activation, lines, next, job.Size, gain, shift);
                for (var k = 0; k < Together; k++)
                    next[k].Factor = 1 / MathF.Sqrt((next[k].Factor / job.Size) + job.Epsilon);
                var swap = lines;
                lines = next;
                next = swap;
            }
            else if (count == Together)
                ApplyFour(activation, lines, null, job.Size, gain, shift);
            else
            {
                for (var k = 0; k < count; k++)
                    Apply(activation, lines[k], 0, job.Size, gain, shift);
            }
        }
    }

    private static Line Find(Job job, long row) => new() { X = job.X + job.Rows.OffsetOf(row), Y = job.Y + job.Targets.OffsetOf(row) };

    private static Line Measure(Job job, long row)
    {
        var line = Find(job, row);
        line.Mean = job.Centred ? Sum(line.X, job.Size) / job.Size : 0;
        var squares = job.Centred ? DistanceSum(line.X, job.Size, line.Mean) : SquareSum(line.X, job.Size);
        line.Factor = 1 / MathF.Sqrt((squares / job.Size) + job.Epsilon);
        return line;
    }

    // Writes four rows; with next, their factors become the sums of their squares on the way, added in the order of SquareSum.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyFour<F>(F activation, Line* lines, Line* next, long size, float* gain, float* shift)
        where F : struct, IVectorFunction<V>
    {
        float* x0 = lines[0].X, x1 = lines[1].X, x2 = lines[2].X, x3 = lines[3].X;
        float* y0 = lines[0].Y, y1 = lines[1].Y, y2 = lines[2].Y, y3 = lines[3].Y;
        V m0 = S.Splat(lines[0].Mean), m1 = S.Splat(lines[1].Mean), m2 = S.Splat(lines[2].Mean), m3 = S.Splat(lines[3].Mean);
        V f0 = S.Splat(lines[0].Factor), f1 = S.Splat(lines[1].Factor), f2 = S.Splat(lines[2].Factor), f3 = S.Splat(lines[3].Factor);
        V s0 = S.Splat(0), s1 = s0, s2 = s0, s3 = s0;
        long i = 0;
        for (; i + S.Lanes <= size; i += S.Lanes)
        {
            V a = S.Multiply(S.Subtract(S.Load(x0 + i), m0), f0), b = S.Multiply(S.Subtract(S.Load(x1 + i), m1), f1);
            V c = S.Multiply(S.Subtract(S.Load(x2 + i), m2), f2), d = S.Multiply(S.Subtract(S.Load(x3 + i), m3), f3);
            if (gain != null)
            {
                V g = S.Load(gain + i), s = S.Load(shift + i);
                a = S.MultiplyAdd(a, g, s);
                b = S.MultiplyAdd(b, g, s);
                c = S.MultiplyAdd(c, g, s);
                d = S.MultiplyAdd(d, g, s);
            }

            if (next != null)
            {
                V p = S.Load(next[0].X + i), q = S.Load(next[1].X + i), r = S.Load(next[2].X + i), t = S.Load(next[3].X + i);
                s0 = S.MultiplyAdd(p, p, s0);
                s1 = S.MultiplyAdd(q, q, s1);
                s2 = S.MultiplyAdd(r, r, s2);
                s3 = S.MultiplyAdd(t, t, s3);
            }

            S.Store(y0 + i, activation.Apply(a, default));
            S.Store(y1 + i, activation.Apply(b, default));
            S.Store(y2 + i, activation.Apply(c, default));
            S.Store(y3 + i, activation.Apply(d, default));
        }

        for (var k = 0; k < Together && i < size; k++)
            Apply(activation, lines[k], i, size, gain, shift);
        if (next == null)
            return;
        next[0].Factor = Rest(S.Sum(s0), next[0].X, i, size);
        next[1].Factor = Rest(S.Sum(s1), next[1].X, i, size);
        next[2].Factor = Rest(S.Sum(s2), next[2].X, i, size);
        next[3].Factor = Rest(S.Sum(s3), next[3].X, i, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<F>(F activation, in Line line, long start, long size, float* gain, float* shift)
        where F : struct, IVectorFunction<V>
    {
        V middle = S.Splat(line.Mean), scale = S.Splat(line.Factor);
        for (var i = start; i < size; i += S.Lanes)
        {
            var count = (int)Math.Min(S.Lanes, size - i);
            var p = S.Multiply(S.Subtract(S.LoadPart(line.X + i, count), middle), scale);
            if (gain != null)
                p = S.MultiplyAdd(p, S.LoadPart(gain + i, count), S.LoadPart(shift + i, count));
            S.StorePart(line.Y + i, activation.Apply(p, default), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(float* x, long size)
    {
        V a = S.Splat(0), b = a;
        long i = 0;
        for (; i + (2 * S.Lanes) <= size; i += 2 * S.Lanes)
        {
            a = S.Add(a, S.Load(x + i));
            b = S.Add(b, S.Load(x + i + S.Lanes));
        }

        for (; i < size; i += S.Lanes)
            a = S.Add(a, S.LoadPart(x + i, (int)Math.Min(S.Lanes, size - i)));
        return S.Sum(S.Add(a, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SquareSum(float* x, long size)
    {
        var a = S.Splat(0);
        long i = 0;
        for (; i + S.Lanes <= size; i += S.Lanes)
        {
            var p = S.Load(x + i);
            a = S.MultiplyAdd(p, p, a);
        }

        return Rest(S.Sum(a), x, i, size);
    }

    private static float Rest(float sum, float* x, long start, long size)
    {
        for (var i = start; i < size; i++)
            sum += x[i] * x[i];
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float DistanceSum(float* x, long size, float mean)
    {
        V a = S.Splat(0), b = a, middle = S.Splat(mean);
        var edge = stackalloc float[S.Lanes];
        S.Store(edge, middle);
        long i = 0;
        for (; i + (2 * S.Lanes) <= size; i += 2 * S.Lanes)
        {
            V p = S.Subtract(S.Load(x + i), middle), q = S.Subtract(S.Load(x + i + S.Lanes), middle);
            a = S.MultiplyAdd(p, p, a);
            b = S.MultiplyAdd(q, q, b);
        }

        for (; i < size; i += S.Lanes)
        {
            // The lanes beyond the row would count the mean: their distance must be zero.
            var count = (int)Math.Min(S.Lanes, size - i);
            var p = S.Subtract(S.LoadPart(x + i, count), count == S.Lanes ? middle : S.LoadPart(edge, count));
            a = S.MultiplyAdd(p, p, a);
        }

        return S.Sum(S.Add(a, b));
    }

    private struct Line
    {
        public float* X;
        public float* Y;
        public float Mean;
        public float Factor;
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
