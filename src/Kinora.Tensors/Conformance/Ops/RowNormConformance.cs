using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>RMS and layer normalisation with weight, bias, modulation and activation.</summary>
internal static class RowNormConformance
{
    private static readonly bool[] s_kinds = [true, false];

    public static IEnumerable<ConformanceCase> Cases => s_kinds.SelectMany(centred => new[]
    {
        Case(centred, [3, 1], 1e-6f, false, 0, Activation.None),
        Case(centred, [5, 7], 1e-6f, false, 0, Activation.None),
        Case(centred, [2, 3, 64], 1e-6f, true, 0, Activation.None),
        Case(centred, [40, 1000], 1e-5f, true, 0, Activation.None),
        Case(centred, [9, 128], 1e-8f, false, 1, Activation.Silu),
        Case(centred, [9, 130], 1e-6f, false, 1, Activation.None),
        Case(centred, [30, 2048], 1e-6f, false, 3, Activation.None),
        Case(centred, [9, 72], 1e-6f, true, 4, Activation.GeluTanh),
        Case(centred, [0, 72], 1e-6f, true, 0, Activation.None),
        InPlaceSlice(centred),
    });

    private static ConformanceCase Case(bool centred, long[] shape, float epsilon, bool affine, int groups, Activation activation) =>
        new(centred ? "LayerNorm" : "RmsNorm", $"{new Shape(shape)}, ε {epsilon}, weight {affine}, {groups} modulations, {activation}", 3e-6, (backend, scope) =>
        {
            var (d, rows) = (shape[^1], (int)(new Shape(shape).ElementCount / shape[^1]));
            var x = Samples.Normal(scope, new Shape(shape), 1, 5);
            var (weight, bias) = affine ? (Samples.Normal(scope, [d], 2), Samples.Normal(scope, [d], 3)) : (null, null);
            var table = groups == 1 ? new Shape(d) : new Shape(groups, d);
            var numbers = groups > 1 ? scope.From<int>([.. Enumerable.Range(0, rows).Select(i => i * 5 % groups)], [rows]) : null;
            var modulation = groups == 0 ? null : new Modulation { Scale = Samples.Normal(scope, table, 4), Shift = Samples.Normal(scope, table, 5), Groups = numbers };
            var output = scope.Empty(new Shape(shape));
            var options = new NormOptions { Epsilon = epsilon, Weight = weight, Bias = bias, Modulation = modulation, Activation = activation };
            Run(backend, centred, x, output, options);
            return (output, Expected(centred, x, options));
        });

    private static ConformanceCase InPlaceSlice(bool centred) => new(centred ? "LayerNorm" : "RmsNorm", "a slice of columns, in place", 3e-6, (backend, scope) =>
    {
        var x = Samples.Normal(scope, [6, 5, 90], 1).Slice(2, 3, 50).Permute(1, 0, 2);
        var expected = Expected(centred, x, new NormOptions());
        Run(backend, centred, x, x, new NormOptions());
        return (x, expected);
    });

    private static void Run(IBackend backend, bool centred, Tensor x, Tensor output, NormOptions options)
    {
        if (centred)
            backend.LayerNorm(x, output, options);
        else
            backend.RmsNorm(x, output, options);
    }

    private static double[] Expected(bool centred, Tensor x, NormOptions options)
    {
        var (y, d) = (Samples.Values(x), (int)x.Shape[-1]);
        var (weight, bias) = (options.Weight is null ? null : Samples.Values(options.Weight), options.Bias is null ? null : Samples.Values(options.Bias));
        var (scale, shift) = options.Modulation is { } m ? (Samples.Values(m.Scale), Samples.Values(m.Shift)) : (null, null);
        var groups = options.Modulation?.Groups is { } g ? Samples.Values(g) : null;
        for (var row = 0; row < y.Length / d; row++)
        {
            var line = y.AsSpan(row * d, d);
            var mean = centred ? y.Skip(row * d).Take(d).Average() : 0;
            var power = y.Skip(row * d).Take(d).Average(v => (v - mean) * (v - mean));
            var group = (int)(groups?[row] ?? 0) * d;
            for (var i = 0; i < d; i++)
            {
                var n = ((line[i] - mean) / Math.Sqrt(power + options.Epsilon) * (weight?[i] ?? 1)) + (bias?[i] ?? 0);
                line[i] = Naive.Activate(options.Activation, (n * (1 + (scale?[group + i] ?? 0))) + (shift?[group + i] ?? 0));
            }
        }

        return y;
    }
}
