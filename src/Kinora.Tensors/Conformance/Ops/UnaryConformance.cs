using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Elementwise functions, and the affine one.</summary>
internal static class UnaryConformance
{
    public static IEnumerable<ConformanceCase> Cases =>
    [
        .. Enum.GetValues<UnaryOp>().SelectMany(op => new[] { Case(op, [1000], false, 1), Case(op, [3, 37], true, 20), Case(op, [0], false, 1), Case(op, [], false, 1) }),
        new("Affine", "x·3 - 2, [5, 41] turned", 1e-6, (backend, scope) =>
        {
            var (x, output) = (Samples.Normal(scope, [5, 41], 1).Permute(1, 0), scope.Empty([41, 5]));
            backend.Affine(x, 3, -2, output);
            return (output, [.. Samples.Values(x).Select(v => (v * 3) - 2)]);
        }),
    ];

    private static ConformanceCase Case(UnaryOp op, long[] shape, bool turned, float spread) =>
        new("Unary", $"{op} {new Shape(shape)}{(turned ? " turned" : string.Empty)}, deviation {spread}", 1e-6, (backend, scope) =>
        {
            var x = Samples.Normal(scope, new Shape(shape), (ulong)op, spread);
            if (op is UnaryOp.Sqrt or UnaryOp.Log)
                backend.Unary(UnaryOp.Abs, x, x);
            var source = turned ? x.Permute(1, 0) : x;
            var output = scope.Empty(source.Shape);
            backend.Unary(op, source, output);
            return (output, [.. Samples.Values(source).Select(v => Expected(op, v))]);
        });

    internal static double Expected(UnaryOp op, double x) => op switch
    {
        UnaryOp.Negate => -x,
        UnaryOp.Abs => Math.Abs(x),
        UnaryOp.Square => x * x,
        UnaryOp.Sqrt => Math.Sqrt(x),
        UnaryOp.Exp => Math.Exp(x),
        UnaryOp.Log => Math.Log(x),
        UnaryOp.Sin => Math.Sin(x),
        UnaryOp.Cos => Math.Cos(x),
        UnaryOp.Tanh => Math.Tanh(x),
        UnaryOp.Sigmoid => 1 / (1 + Math.Exp(-x)),
        UnaryOp.Silu => Naive.Silu(x),
        UnaryOp.GeluTanh => Naive.Gelu(x),
        _ => Math.Max(x, 0),
    };
}
