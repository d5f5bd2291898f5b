using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Group normalisation of channels-last tensors.</summary>
internal static class GroupNormConformance
{
    public static IEnumerable<ConformanceCase> Cases =>
    [
        Case([1, 4, 5, 6, 8], 4, true, Activation.Silu),
        Case([2, 3, 4, 32], 32, false, Activation.None),
        Case([2, 700, 36], 3, true, Activation.None),
        Case([1, 9, 10], 1, true, Activation.None),
        Case([2, 0, 10], 1, true, Activation.None),
    ];

    private static ConformanceCase Case(long[] shape, int groups, bool affine, Activation activation) =>
        new("GroupNorm", $"{new Shape(shape)}, {groups} groups, weight {affine}, {activation}", 3e-6, (backend, scope) =>
        {
            var c = (int)shape[^1];
            var x = Samples.Normal(scope, new Shape(shape), 1, 3);
            backend.Affine(x, 1, 2, x);
            var (weight, bias) = affine ? (Samples.Normal(scope, [c], 2), Samples.Normal(scope, [c], 3)) : (null, null);
            var output = scope.Empty(new Shape(shape));
            backend.GroupNorm(x, output, groups, new NormOptions { Epsilon = 1e-5f, Weight = weight, Bias = bias, Activation = activation });
            var (values, y) = (Samples.Values(x), new double[output.Shape.ElementCount]);
            var per = values.Length / (int)shape[0];
            for (var set = 0; set < shape[0] * groups && per > 0; set++)
            {
                var members = Enumerable.Range(set / groups * per, per).Where(i => i % c / (c / groups) == set % groups).ToArray();
                var mean = members.Average(i => values[i]);
                var variance = members.Average(i => (values[i] - mean) * (values[i] - mean));
                foreach (var i in members)
                    y[i] = (values[i] - mean) / Math.Sqrt(variance + 1e-5);
            }

            for (var i = 0; i < y.Length; i++)
                y[i] = Naive.Activate(activation, (y[i] * (weight?.AsSpan<float>()[i % c] ?? 1)) + (bias?.AsSpan<float>()[i % c] ?? 0));
            return (output, y);
        });
}
