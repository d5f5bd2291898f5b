using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Elementwise functions of two tensors with broadcasting.</summary>
internal static class BinaryConformance
{
    private static readonly (long[] A, long[] B)[] s_shapes =
        [([100], [100]), ([3, 1, 5], [4, 1]), ([], [33]), ([70, 40], [1]), ([2, 3, 16], [3, 16]), ([40, 1], [1, 50]), ([0, 3], [1]), ([9000], [1])];

    public static IEnumerable<ConformanceCase> Cases =>
        Enum.GetValues<BinaryOp>().SelectMany(op => s_shapes.Select(shapes => Case(op, shapes.A, shapes.B)).Append(Turned(op)));

    private static ConformanceCase Case(BinaryOp op, long[] a, long[] b) => new("Binary", $"{op} {new Shape(a)}, {new Shape(b)}", 1e-6, (backend, scope) =>
        Run(backend, scope, op, Samples.Normal(scope, new Shape(a), 1), Samples.Normal(scope, new Shape(b), 2), null));

    private static ConformanceCase Turned(BinaryOp op) => new("Binary", $"{op} [40, 30] turned, onto the first operand", 1e-6, (backend, scope) =>
    {
        var a = Samples.Normal(scope, [40, 30], 1).Permute(1, 0);
        return Run(backend, scope, op, a, Samples.Normal(scope, [30, 80], 2).Slice(1, 5, 40), a);
    });

    private static (Tensor Actual, double[] Expected) Run(IBackend backend, TensorScope scope, BinaryOp op, Tensor a, Tensor b, Tensor? output)
    {
        var shape = Shape.Broadcast("Binary", a.Shape, b.Shape);
        var (x, y) = (Samples.Values(a.Expand(shape)), Samples.Values(b.Expand(shape)));
        output ??= scope.Empty(shape);
        backend.Binary(op, a, b, output);
        return (output, [.. x.Zip(y, (p, q) => Expected(op, p, q))]);
    }

    internal static double Expected(BinaryOp op, double a, double b) => op switch
    {
        BinaryOp.Add => a + b,
        BinaryOp.Subtract => a - b,
        BinaryOp.Multiply => a * b,
        BinaryOp.Divide => a / b,
        BinaryOp.Maximum => Math.Max(a, b),
        _ => Math.Min(a, b),
    };
}
