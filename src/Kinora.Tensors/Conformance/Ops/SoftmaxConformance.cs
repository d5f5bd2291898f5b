namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Softmax along the innermost axis.</summary>
internal static class SoftmaxConformance
{
    public static IEnumerable<ConformanceCase> Cases =>
        [Case([1], 1), Case([3, 5], 3), Case([2, 3, 64], 30), Case([4, 1001], 100), Case([100, 17], 1), Case([3, 0], 1), Case([2, 40], 1e6f)];

    private static ConformanceCase Case(long[] shape, float spread) => new("Softmax", $"{new Shape(shape)}, deviation {spread}", 3e-6, (backend, scope) =>
    {
        var (x, output) = (Samples.Normal(scope, new Shape(shape), 1, spread), scope.Empty(new Shape(shape)));
        backend.Softmax(x, output);
        var (y, size) = (Samples.Values(x), (int)shape[^1]);
        for (var row = 0; row < y.Length; row += size)
        {
            var top = y.Skip(row).Take(size).Max();
            var sum = y.Skip(row).Take(size).Sum(v => Math.Exp(v - top));
            for (var i = row; i < row + size; i++)
                y[i] = Math.Exp(y[i] - top) / sum;
        }

        return (output, y);
    });
}
