namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Joins elements along any axes. Every output element is one task's work, adding in double in the order of the elements, so the result depends on
/// nothing but them. Reduced axes and kept axes are walked as two strided spaces. Tolerance against the naive twin: 10⁻⁶ of the largest result.
/// </summary>
internal static unsafe class Reduce
{
    private const long TaskElements = 32768;

    public static void Run(CpuContext cpu, ReduceOp op, Tensor x, Tensor output)
    {
        using var check = new OpCheck($"Reduce {op}");
        check.Input("x", x);
        check.Output("output", output);
        check.Apart("output", output, "x", x);
        var fits = output.Shape.Rank == x.Shape.Rank && Enum.IsDefined(op);
        for (var axis = 0; fits && axis < x.Shape.Rank; axis++)
            fits = output.Shape[axis] == x.Shape[axis] || output.Shape[axis] == 1;
        if (!fits)
            throw check.Fail($"output must have the axes of x with length 1 where they are reduced; x is {x}, output is {output}.");
        var (kept, reduced) = (x.Layout, x.Layout);
        for (var axis = 0; axis < x.Shape.Rank; axis++)
        {
            if (output.Shape[axis] == x.Shape[axis])
                reduced = reduced.Slice(axis, 0, Math.Min(1, x.Shape[axis]));
            else
                kept = kept.Slice(axis, 0, Math.Min(1, x.Shape[axis]));
        }

        if (output.Shape.ElementCount > 0)
            Join(cpu, op, x.Floats(), kept, reduced, output);
    }

    private static void Join(CpuContext cpu, ReduceOp op, float* x, Layout kept, Layout reduced, Tensor output)
    {
        var starts = new RowMap(kept, joined: 0);
        var targets = new RowMap(output.Layout, joined: 0);
        var y = output.Floats();
        var runs = reduced.Shape.Rank == 0 ? new RowMap(reduced, 0) : new RowMap(reduced);
        var (length, step) = reduced.Shape.Rank == 0 ? (1, 1) : (reduced.Shape[-1], reduced.Strides[^1]);
        var perTask = Math.Max(1, TaskElements / Math.Max(1, reduced.Shape.ElementCount));
        cpu.Team.Run((targets.Count + perTask - 1) / perTask, (task, _) =>
        {
            for (var i = task * perTask; i < Math.Min(targets.Count, (task + 1) * perTask); i++)
                y[targets.OffsetOf(i)] = (float)One(op, starts.Count == 0 ? null : x + starts.OffsetOf(i), runs, length, step);
        });
    }

    private static double One(ReduceOp op, float* x, in RowMap runs, long length, long step)
    {
        var count = runs.Count * length;
        switch (op)
        {
            case ReduceOp.Maximum: return Extreme(x, runs, length, step, 1);
            case ReduceOp.Minimum: return -Extreme(x, runs, length, step, -1);
            case ReduceOp.Mean: return Sum(x, runs, length, step, ReduceOp.Sum, 0) / count;
            case ReduceOp.Variance or ReduceOp.UnbiasedVariance:
                var mean = Sum(x, runs, length, step, ReduceOp.Sum, 0) / count;
                return Sum(x, runs, length, step, ReduceOp.SquareSum, mean) / (op == ReduceOp.Variance ? count : count - 1);
            default: return Sum(x, runs, length, step, op, 0);
        }
    }

    private static double Sum(float* x, in RowMap runs, long length, long step, ReduceOp op, double middle)
    {
        var sum = 0.0;
        for (long run = 0; run < runs.Count; run++)
        {
            var row = x + runs.OffsetOf(run);
            for (long i = 0; i < length; i++)
            {
                var value = row[i * step] - middle;
                sum += op == ReduceOp.SquareSum ? value * value : op == ReduceOp.AbsoluteSum ? Math.Abs(value) : value;
            }
        }

        return sum;
    }

    private static double Extreme(float* x, in RowMap runs, long length, long step, float sign)
    {
        var top = float.NegativeInfinity;
        for (long run = 0; run < runs.Count; run++)
        {
            var row = x + runs.OffsetOf(run);
            for (long i = 0; i < length; i++)
                top = MathF.Max(top, row[i * step] * sign);
        }

        return top;
    }
}
