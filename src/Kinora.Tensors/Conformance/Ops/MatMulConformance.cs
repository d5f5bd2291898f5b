using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Batched products of strided tensors.</summary>
internal static class MatMulConformance
{
    public static IEnumerable<ConformanceCase> Cases =>
    [
        .. new (int, int, int)[] { (1, 1, 1), (3, 5, 7), (14, 32, 64), (15, 33, 65), (100, 70, 500), (4, 4, 0) }
            .Select(s => Case([s.Item1, s.Item3], [s.Item3, s.Item2], false, false, 1)),
        Case([2, 3, 20, 17], [2, 3, 17, 40], false, false, 0.125f),
        Case([2, 3, 20, 17], [17, 40], false, false, 1),
        Case([3, 20, 17], [2, 1, 17, 40], false, false, 1),
        Case([37, 50], [50, 45], true, false, 1),
        Case([37, 50], [50, 45], false, true, -2),
        Case([2, 37, 50], [2, 50, 45], true, true, 1),
    ];

    private static ConformanceCase Case(long[] a, long[] b, bool turnA, bool turnB, float scale) =>
        new("MatMul", $"{new Shape(a)}{(turnA ? " turned" : string.Empty)} · {new Shape(b)}{(turnB ? " turned" : string.Empty)} · {scale}", 2e-6, (backend, scope) =>
        {
            var (left, right) = (Operand(scope, a, turnA, 1), Operand(scope, b, turnB, 2));
            var batch = Shape.Broadcast("MatMul", new Shape(a.AsSpan()[..^2]), new Shape(b.AsSpan()[..^2]));
            var (m, k, n) = (a[^2], a[^1], b[^1]);
            var output = scope.Empty([.. batch.AsSpan(), m, n]);
            backend.MatMul(left, right, output, scale);
            var (x, y) = (Samples.Values(left.Expand([.. batch.AsSpan(), m, k])), Samples.Values(right.Expand([.. batch.AsSpan(), k, n])));
            var expected = new double[output.Shape.ElementCount];
            for (long i = 0; i < expected.Length; i++)
            {
                var (matrix, row, column) = (i / (m * n), i / n % m, i % n);
                for (long l = 0; l < k; l++)
                    expected[i] += scale * x[(((matrix * m) + row) * k) + l] * y[(((matrix * k) + l) * n) + column];
            }

            return (output, expected);
        });

    private static Tensor Operand(TensorScope scope, long[] shape, bool turned, ulong seed)
    {
        if (!turned)
            return Samples.Normal(scope, new Shape(shape), seed);
        var axes = Enumerable.Range(0, shape.Length).ToArray();
        (axes[^1], axes[^2]) = (axes[^2], axes[^1]);
        return Samples.Normal(scope, new Shape([.. axes.Select(axis => shape[axis])]), seed).Permute(axes);
    }
}
