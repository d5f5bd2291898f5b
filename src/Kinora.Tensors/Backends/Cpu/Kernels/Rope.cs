using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Rotary embedding: (a, b) → (a·cos - b·sin, a·sin + b·cos). Interleaved pairs need the tables' numbers doubled and one swap of neighbours; split
/// pairs are two plain runs. Parallel over rows; rests are scalar. Tolerance against the naive twin: 10⁻⁶ of the largest result.
/// </summary>
internal static unsafe class Rope<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const long TaskElements = 32768;

    public static void Run(CpuContext cpu, Tensor x, Tensor cos, Tensor sin, Tensor output, RopeLayout layout)
    {
        using var check = new OpCheck("Rope");
        check.Input("x", x);
        check.Input("cos", cos);
        check.Input("sin", sin);
        check.Output("output", output);
        check.Rank("x", x, 1, Shape.MaxRank);
        check.Rank("cos", cos, 1, x.Shape.Rank);
        check.Shape("sin", sin, cos.Shape);
        check.Shape("output", output, x.Shape);
        foreach (var (name, tensor) in new[] { ("x", x), ("cos", cos), ("sin", sin), ("output", output) })
            check.DenseRows(name, tensor);
        check.Apart("output", output, "x", x, orSame: true);
        check.Apart("output", output, "cos", cos);
        check.Apart("output", output, "sin", sin);
        check.Defined("layout", layout);
        var size = x.Shape[-1];
        Shape table = [.. x.Shape.AsSpan()[..^1], size / 2];
        if (size % 2 != 0 || cos.Shape[-1] != size / 2 || Shape.Broadcast("Rope", cos.Shape, table) != table)
            throw check.Fail($"cos and sin must broadcast to {table}, half as wide as x, got {cos} for {x}.");
        if (x.Shape.ElementCount > 0)
            Turn(cpu, x, cos.Layout.Expand(table), cos.Floats(), sin.Layout.Expand(table), sin.Floats(), output, layout);
    }

    // Rows of the two innermost axes but one (tokens and heads, say) are numbered through; those of one outer index have constant steps.
    private static void Turn(CpuContext cpu, Tensor x, Layout cos, float* c, Layout sin, float* s, Tensor output, RopeLayout layout)
    {
        var size = x.Shape[-1];
        var joined = Math.Min(2, x.Shape.Rank);
        var inner = joined == 2 ? x.Shape[-2] : 1;
        var (xs, cs, ss, ys) = (new RowMap(x.Layout, joined), new RowMap(cos, joined), new RowMap(sin, joined), new RowMap(output.Layout, joined));
        var (px, py) = ((nint)x.Floats(), (nint)output.Floats());
        var steps = joined == 2 ? (X: x.Layout.Stride(-2), Cos: cos.Stride(-2), Sin: sin.Stride(-2), Y: output.Layout.Stride(-2)) : default;
        var rows = xs.Count * inner;
        var rowsPerTask = Math.Max(1, TaskElements / size);
        cpu.Team.Run((rows + rowsPerTask - 1) / rowsPerTask, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (task, worker) =>
        {
            var end = Math.Min(rows, (task + 1) * rowsPerTask);
            for (var row = task * rowsPerTask; row < end;)
            {
                var (outer, first) = Math.DivRem(row, inner);
                var count = Math.Min(inner - first, end - row);
                var a = (float*)px + xs.OffsetOf(outer) + (first * steps.X);
                var y = (float*)py + ys.OffsetOf(outer) + (first * steps.Y);
                var cosines = c + cs.OffsetOf(outer) + (first * steps.Cos);
                var sines = s + ss.OffsetOf(outer) + (first * steps.Sin);
                row += count;
                if (layout == RopeLayout.Interleaved && steps.Cos == 0 && steps.Sin == 0 && count > 1)
                {
                    Shared(a, steps.X, cosines, sines, y, steps.Y, size, count, cpu.Scratch(worker, 2 * size));
                    continue;
                }

                for (; count > 0; count--, a += steps.X, y += steps.Y, cosines += steps.Cos, sines += steps.Sin)
                {
                    if (layout == RopeLayout.Interleaved)
                        Interleaved(a, cosines, sines, y, size);
                    else
                        Split(a, cosines, sines, y, size / 2);
                }
            }
        });
    }

    // Rows with the same angles: the doubled tables are made once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Shared(float* x, long xStep, float* cos, float* sin, float* y, long yStep, long size, long count, float* tables)
    {
        float* c = tables, s = tables + size;
        for (long i = 0; i < size; i += 2)
        {
            c[i] = c[i + 1] = cos[i / 2];
            s[i] = -sin[i / 2];
            s[i + 1] = sin[i / 2];
        }

        for (; count > 0; count--, x += xStep, y += yStep)
        {
            long i = 0;
            for (; i + S.Lanes <= size; i += S.Lanes)
            {
                var v = S.Load(x + i);
                S.Store(y + i, S.MultiplyAdd(v, S.Load(c + i), S.Multiply(S.SwapPairs(v), S.Load(s + i))));
            }

            Rest(x, cos, sin, y, i, size);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleaved(float* x, float* cos, float* sin, float* y, long size)
    {
        long i = 0;
        for (; i + S.Lanes <= size; i += S.Lanes)
        {
            var v = S.Load(x + i);
            var turned = S.Multiply(S.SwapPairs(v), S.NegateEven(S.LoadDoubled(sin + (i / 2))));
            S.Store(y + i, S.MultiplyAdd(v, S.LoadDoubled(cos + (i / 2)), turned));
        }

        Rest(x, cos, sin, y, i, size);
    }

    private static void Rest(float* x, float* cos, float* sin, float* y, long start, long size)
    {
        for (var i = start; i < size; i += 2)
        {
            var (a, b, c, s) = (x[i], x[i + 1], cos[i / 2], sin[i / 2]);
            (y[i], y[i + 1]) = ((a * c) - (b * s), (a * s) + (b * c));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split(float* x, float* cos, float* sin, float* y, long half)
    {
        long i = 0;
        for (; i + S.Lanes <= half; i += S.Lanes)
        {
            V a = S.Load(x + i), b = S.Load(x + half + i), c = S.Load(cos + i), s = S.Load(sin + i);
            S.Store(y + i, S.Subtract(S.Multiply(a, c), S.Multiply(b, s)));
            S.Store(y + half + i, S.MultiplyAdd(a, s, S.Multiply(b, c)));
        }

        for (; i < half; i++)
        {
            var (a, b, c, s) = (x[i], x[half + i], cos[i], sin[i]);
            (y[i], y[half + i]) = ((a * c) - (b * s), (a * s) + (b * c));
        }
    }
}
