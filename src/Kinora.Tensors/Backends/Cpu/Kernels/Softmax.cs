using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// eˣ⁻ᵐ / Σeˣ⁻ᵐ along the innermost axis, m the largest element. Parallel over rows; the rest of a row is a part vector.
/// A NaN, a +∞ or a row of -∞ gives a row of NaN. Tolerance against the naive twin: 3·10⁻⁶ of the largest result.
/// </summary>
internal static unsafe class Softmax<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const long TaskElements = 16384;

    public static void Run(CpuContext cpu, Tensor x, Tensor output)
    {
        using var check = new OpCheck("Softmax");
        check.Input("x", x);
        check.Output("output", output);
        check.Rank("x", x, 1, Shape.MaxRank);
        check.Shape("output", output, x.Shape);
        check.DenseRows("x", x);
        check.DenseRows("output", output);
        check.Apart("output", output, "x", x, orSame: true);
        var (rows, target, size) = (new RowMap(x.Layout), new RowMap(output.Layout), x.Shape[-1]);
        var source = x.Floats();
        var result = output.Floats();
        var rowsPerTask = Math.Max(1, TaskElements / Math.Max(1, size));
        cpu.Team.Run(size == 0 ? 0 : (rows.Count + rowsPerTask - 1) / rowsPerTask, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (task, _) =>
        {
            for (var row = task * rowsPerTask; row < Math.Min(rows.Count, (task + 1) * rowsPerTask); row++)
                Row(source + rows.OffsetOf(row), result + target.OffsetOf(row), size);
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(float* x, float* y, long size)
    {
        var top = Largest(x, size);
        V middle = S.Splat(top), sum = S.Splat(0);
        long i = 0;
        for (; i + S.Lanes <= size; i += S.Lanes)
        {
            var e = VectorMath<S, V>.Exp(S.Subtract(S.Load(x + i), middle));
            sum = S.Add(sum, e);
            S.Store(y + i, e);
        }

        var total = S.Sum(sum);
        if (i < size)
        {
            var count = (int)(size - i);
            S.StorePart(y + i, VectorMath<S, V>.Exp(S.Subtract(S.LoadPart(x + i, count), middle)), count);
            for (var k = i; k < size; k++)
                total += y[k];
        }

        var share = 1 / total;
        for (i = 0; i + S.Lanes <= size; i += S.Lanes)
            S.Store(y + i, S.Multiply(S.Load(y + i), S.Splat(share)));
        for (; i < size; i++)
            y[i] *= share;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Largest(float* x, long size)
    {
        var top = S.Splat(float.NegativeInfinity);
        long i = 0;
        for (; i + S.Lanes <= size; i += S.Lanes)
            top = S.Max(top, S.Load(x + i));
        var largest = S.Largest(top);
        for (; i < size; i++)
            largest = MathF.Max(largest, x[i]);
        return largest;
    }
}
