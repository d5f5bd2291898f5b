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
        var (xs, cs, ss, ys) = (new RowMap(x.Layout), new RowMap(cos.Layout.Expand(table)), new RowMap(sin.Layout.Expand(table)), new RowMap(output.Layout));
        var (px, pc, ps, py) = ((nint)x.Floats(), (nint)cos.Floats(), (nint)sin.Floats(), (nint)output.Floats());
        var rowsPerTask = Math.Max(1, TaskElements / Math.Max(1, size));
        cpu.Team.Run(size == 0 ? 0 : (xs.Count + rowsPerTask - 1) / rowsPerTask, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (task, _) =>
        {
            for (var row = task * rowsPerTask; row < Math.Min(xs.Count, (task + 1) * rowsPerTask); row++)
            {
                var a = (float*)px + xs.OffsetOf(row);
                var c = (float*)pc + cs.OffsetOf(row);
                var s = (float*)ps + ss.OffsetOf(row);
                var y = (float*)py + ys.OffsetOf(row);
                if (layout == RopeLayout.Interleaved)
                    Interleaved(a, c, s, y, size);
                else
                    Split(a, c, s, y, size / 2);
            }
        });
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

        for (; i < size; i += 2)
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
