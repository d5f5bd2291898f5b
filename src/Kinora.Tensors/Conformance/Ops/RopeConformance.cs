using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Rotary embedding, both layouts.</summary>
internal static class RopeConformance
{
    public static IEnumerable<ConformanceCase> Cases => Enum.GetValues<RopeLayout>().SelectMany(layout => new[]
    {
        Case(layout, [5, 2], [5, 1], false),
        Case(layout, [2, 7, 64], [7, 32], false),
        Case(layout, [2, 7, 3, 70], [2, 7, 1, 35], true),
        Case(layout, [1, 20, 2048], [1, 20, 1024], false),
        Case(layout, [0, 64], [1, 32], false),
    });

    private static ConformanceCase Case(RopeLayout layout, long[] shape, long[] table, bool inPlace) =>
        new("Rope", $"{layout} {new Shape(shape)}, tables {new Shape(table)}{(inPlace ? ", in place" : string.Empty)}", 1e-6, (backend, scope) =>
        {
            var (x, angles) = (Samples.Normal(scope, new Shape(shape), 1), Samples.Normal(scope, new Shape(table), 2, 10));
            var (cos, sin) = (scope.Empty(new Shape(table)), scope.Empty(new Shape(table)));
            backend.Unary(UnaryOp.Cos, angles, cos);
            backend.Unary(UnaryOp.Sin, angles, sin);
            var output = inPlace ? x : scope.Empty(new Shape(shape));
            var values = Samples.Values(x);
            backend.Rope(x, cos, sin, output, layout);
            var half = (int)shape[^1] / 2;
            Shape full = [.. shape[..^1], half];
            var (c, s, y) = (Samples.Values(cos.Expand(full)), Samples.Values(sin.Expand(full)), new double[values.Length]);
            for (var i = 0; i < values.Length / 2; i++)
            {
                var row = i / half * half * 2;
                var (first, second) = layout == RopeLayout.Interleaved ? (row + (2 * (i % half)), row + (2 * (i % half)) + 1) : (row + (i % half), row + half + (i % half));
                y[first] = (values[first] * c[i]) - (values[second] * s[i]);
                y[second] = (values[first] * s[i]) + (values[second] * c[i]);
            }

            return (output, y);
        });
}
