using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Reductions over any axes.</summary>
internal static class ReduceConformance
{
    public static IEnumerable<ConformanceCase> Cases => Enum.GetValues<ReduceOp>().SelectMany(op => new[]
    {
        Case(op, [3, 4, 50], [3, 4, 1]),
        Case(op, [3, 40, 5], [3, 1, 5]),
        Case(op, [30, 4, 5], [1, 1, 1]),
        Case(op, [6, 7, 3], [1, 7, 1]),
        Case(op, [2, 0], [2, 1]),
        Case(op, [4, 5], [4, 5]),
    });

    private static ConformanceCase Case(ReduceOp op, long[] shape, long[] reduced) => new("Reduce", $"{op} {new Shape(shape)} → {new Shape(reduced)}", 1e-6, (backend, scope) =>
    {
        var (x, output) = (Samples.Normal(scope, new Shape(shape), 1), scope.Empty(new Shape(reduced)));
        backend.Reduce(op, x, output);
        var values = Samples.Values(x);
        var groups = new List<double>[output.Shape.ElementCount];
        for (var i = 0; i < groups.Length; i++)
            groups[i] = [];
        for (long i = 0; i < values.Length; i++)
        {
            var (rest, target, step) = (i, 0L, 1L);
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                (rest, var at) = Math.DivRem(rest, shape[axis]);
                target += reduced[axis] == 1 ? 0 : at * step;
                step *= reduced[axis];
            }

            groups[target].Add(values[i]);
        }

        return (output, [.. groups.Select(group => Expected(op, group))]);
    });

    private static double Expected(ReduceOp op, List<double> values)
    {
        var mean = values.Sum() / values.Count;
        return op switch
        {
            ReduceOp.Sum => values.Sum(),
            ReduceOp.Mean => mean,
            ReduceOp.Variance => values.Sum(v => (v - mean) * (v - mean)) / values.Count,
            ReduceOp.UnbiasedVariance => values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1),
            ReduceOp.Maximum => values.Aggregate(double.NegativeInfinity, Math.Max),
            ReduceOp.Minimum => values.Aggregate(double.PositiveInfinity, Math.Min),
            ReduceOp.AbsoluteSum => values.Sum(Math.Abs),
            _ => values.Sum(v => v * v),
        };
    }
}
