using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>softmax(scale · Q·Kᵀ + bias) · V.</summary>
internal static class AttentionConformance
{
    public static IEnumerable<ConformanceCase> Cases =>
    [
        Case(1, 1, 1, 1, 8, null, null),
        Case(1, 2, 5, 7, 16, null, null),
        Case(1, 1, 33, 40, 24, null, null),
        Case(2, 2, 70, 70, 64, null, null),
        Case(1, 1, 130, 345, 64, null, null),
        Case(1, 2, 40, 200, 128, null, null),
        Case(1, 1, 9, 20, 136, null, null),
        Case(3, 2, 20, 30, 64, [30, 7, 1], null),
        Case(2, 2, 40, 190, 64, [180, 169], null),
        Case(2, 1, 5, 6, 8, [0, 6], null),
        Case(0, 1, 5, 6, 8, null, null),
        Case(1, 1, 0, 6, 8, null, null),
        Case(2, 3, 17, 19, 64, null, [1, 3, 17, 19]),
        Case(2, 3, 17, 19, 64, [19, 4], [2, 1, 1, 19]),
        Case(1, 2, 17, 400, 64, null, [1, 2, 17, 400], masked: true),
        Heads(),
    ];

    private static ConformanceCase Case(int b, int n, int lq, int lk, int d, int[]? counts, long[]? bias, bool masked = false) =>
        new("Attention", $"q [{b}, {n}, {lq}, {d}], {lk} keys, counts [{string.Join(", ", counts ?? [])}], bias {(bias is null ? "none" : new Shape(bias))}{(masked ? " with -∞" : string.Empty)}", 5e-6, (backend, scope) =>
        {
            var (q, k, v) = (Samples.Normal(scope, [b, n, lq, d], 1, bias is null ? 3 : 0.5f), Samples.Normal(scope, [b, n, lk, d], 2), Samples.Normal(scope, [b, n, lk, d], 3));
            var additive = bias is null ? null : Samples.Normal(scope, new Shape(bias), 4);
            for (var i = 0; masked && i < additive!.Shape.ElementCount; i++)
                additive.AsSpan<float>()[i] = i % 400 < 180 ? float.NegativeInfinity : 0;
            var output = scope.Empty([b, n, lq, d]);
            backend.Attention(q, k, v, output, new AttentionOptions { KeyCounts = counts, Bias = additive, Scale = bias is null ? null : 1 });
            return (output, Expected(q, k, v, additive, counts, bias is null ? 1 / Math.Sqrt(d) : 1));
        });

    // Heads side by side in the rows of one tensor, as a transformer has them.
    private static ConformanceCase Heads() => new("Attention", "4 heads of 64 as views of [2, 50, 3·256]", 5e-6, (backend, scope) =>
    {
        var all = Samples.Normal(scope, [2, 50, 768], 1);
        var parts = Enumerable.Range(0, 3).Select(i => all.Slice(2, i * 256, 256).Reshape([2, 50, 4, 64]).Permute(0, 2, 1, 3)).ToArray();
        var output = scope.Empty([2, 50, 256]).Reshape([2, 50, 4, 64]).Permute(0, 2, 1, 3);
        backend.Attention(parts[0], parts[1], parts[2], output);
        return (output, Expected(parts[0], parts[1], parts[2], null, null, 0.125));
    });

    private static double[] Expected(Tensor q, Tensor k, Tensor v, Tensor? bias, int[]? counts, double scale)
    {
        var (b, n, lq, d, lk) = ((int)q.Shape[0], (int)q.Shape[1], (int)q.Shape[2], (int)q.Shape[3], (int)k.Shape[2]);
        var (qs, ks, vs) = (Samples.Values(q), Samples.Values(k), Samples.Values(v));
        var extra = bias is null ? null : Samples.Values(bias.Expand([b, n, lq, lk]));
        var y = new double[b * n * lq * d];
        for (var row = 0; row < b * n * lq; row++)
        {
            var (head, count) = (row / lq, counts?[row / lq / n] ?? lk);
            var scores = new double[count];
            for (var j = 0; j < count; j++)
            {
                for (var i = 0; i < d; i++)
                    scores[j] += qs[(row * d) + i] * ks[(((head * lk) + j) * d) + i] * scale;
                scores[j] += extra?[(row * lk) + j] ?? 0;
            }

            var top = count == 0 ? 0 : scores.Max();
            var sum = scores.Sum(score => Math.Exp(score - top));
            for (var i = 0; i < d; i++)
            {
                y[(row * d) + i] = count == 0 ? double.NaN : 0;
                for (var j = 0; j < count; j++)
                    y[(row * d) + i] += Math.Exp(scores[j] - top) / sum * vs[(((head * lk) + j) * d) + i];
            }
        }

        return y;
    }
}
