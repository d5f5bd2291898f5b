using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Linear layers: y = residual + gate · (activation(x·Wᵀ + bias) · factor).</summary>
internal static class LinearConformance
{
    private static readonly (int M, int N, int K)[] s_sizes =
        [(1, 1, 1), (1, 33, 5), (2, 64, 128), (7, 31, 17), (13, 32, 411), (14, 96, 410), (15, 100, 821), (29, 257, 64), (225, 65, 33), (450, 288, 48), (30, 300, 767), (5, 40, 1025), (3, 8, 0), (0, 8, 8)];

    public static IEnumerable<ConformanceCase> Cases =>
    [
        .. s_sizes.SelectMany(size => Enum.GetValues<WeightFormat>().Select(format => Case(size.M, size.N, size.K, format, new Parts(), DType.Float32))),
        .. new[] { DType.BFloat16, DType.Float16, DType.Float8E4M3 }.Select(dtype => Case(5, 40, 50, WeightFormat.BFloat16, new Parts(), dtype)),
        Case(17, 70, 30, WeightFormat.Float32, new Parts(Bias: true), DType.Float32),
        Case(17, 70, 30, WeightFormat.BFloat16, new Parts(Bias: true, Activation: Activation.GeluTanh), DType.Float32),
        Case(17, 70, 30, WeightFormat.Int8, new Parts(Bias: true, Activation: Activation.Silu), DType.Float32),
        Case(17, 70, 30, WeightFormat.Float32, new Parts(Activation: Activation.GeluTanh, Factor: true), DType.Float32),
        Case(31, 300, 900, WeightFormat.BFloat16, new Parts(Bias: true, Gates: 1, Residual: true), DType.Float32),
        Case(31, 300, 90, WeightFormat.BFloat16, new Parts(Bias: true, Gates: 3, Residual: true), DType.Float32),
        Case(31, 300, 90, WeightFormat.Float32, new Parts(Residual: true, InPlace: true), DType.Float32),
        Strided(),
    ];

    private static ConformanceCase Case(int m, int n, int k, WeightFormat format, Parts parts, DType dtype) =>
        new("Linear", $"[{m}, {k}]·[{n}, {k}]ᵀ, {dtype} as {format}, {parts}", 2e-6, (backend, scope) =>
        {
            var x = Samples.Normal(scope, [m, k], 1);
            var w = Samples.Normal(backend, scope, [n, k], 2, dtype);
            var bias = parts.Bias ? Samples.Normal(scope, [n], 3) : null;
            var factor = parts.Factor ? Samples.Normal(scope, [m, n], 4) : null;
            var gate = parts.Gates > 0 ? Samples.Normal(scope, parts.Gates == 1 ? [n] : [parts.Gates, n], 5) : null;
            var groups = parts.Gates > 1 ? scope.From<int>([.. Enumerable.Range(0, m).Select(i => i * 7 % parts.Gates)], [m]) : null;
            var residual = parts.Residual ? Samples.Normal(scope, [m, n], 6) : null;
            var before = residual is null ? null : Samples.Values(residual);
            var output = parts.InPlace ? residual! : scope.Empty([m, n]);
            var packed = scope.Add(backend.PackLinear(w, format));
            backend.Linear(x, packed, output, new Epilogue { Bias = bias, Activation = parts.Activation, Factor = factor, Gate = gate, GateGroups = groups, Residual = residual });
            var product = Product(Samples.Values(x), Samples.Stored(Samples.Values(w), n, format), m, n, k);
            return (output, Finish(product, n, bias, parts.Activation, factor, gate, groups, before));
        });

    // A column slice of x, a permuted weight and a column slice of the output.
    private static ConformanceCase Strided() => new("Linear", "slices of larger tensors, transposed weight", 2e-6, (backend, scope) =>
    {
        var x = Samples.Normal(scope, [2, 3, 5, 50], 1).Slice(3, 7, 20).Permute(1, 0, 2, 3);
        var w = Samples.Normal(scope, [20, 40], 2).Permute(1, 0);
        var output = scope.Empty([3, 2, 5, 90]).Slice(3, 11, 40);
        backend.Linear(x, scope.Add(backend.PackLinear(w, WeightFormat.Float32)), output);
        return (output, Product(Samples.Values(x), Samples.Values(w), 30, 40, 20));
    });

    /// <summary>x · wᵀ.</summary>
    internal static double[] Product(double[] x, double[] w, int m, int n, int k)
    {
        var y = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var l = 0; l < k; l++)
                    y[(i * n) + j] += x[(i * k) + l] * w[(j * k) + l];
            }
        }

        return y;
    }

    /// <summary>The epilogue, in place.</summary>
    internal static double[] Finish(
        double[] y, int n, Tensor? bias, Activation activation, Tensor? factor = null, Tensor? gate = null, Tensor? groups = null, double[]? residual = null)
    {
        var (b, f, g, lines) = (Read(bias), Read(factor), Read(gate), Read(groups));
        for (var i = 0; i < y.Length; i++)
        {
            var value = Naive.Activate(activation, y[i] + (b?[i % n] ?? 0)) * (f?[i] ?? 1);
            y[i] = (residual?[i] ?? 0) + (value * (g?[((int)(lines?[i / n] ?? 0) * n) + (i % n)] ?? 1));
        }

        return y;
    }

    private static double[]? Read(Tensor? tensor) => tensor is null ? null : Samples.Values(tensor);

    private sealed record Parts(
        bool Bias = false, Activation Activation = Activation.None, bool Factor = false, int Gates = 0, bool Residual = false, bool InPlace = false)
    {
        public override string ToString() =>
            $"{(Bias ? "bias " : string.Empty)}{Activation}{(Factor ? " factor" : string.Empty)}{(Gates > 0 ? $" {Gates} gates" : string.Empty)}"
            + $"{(Residual ? " residual" : string.Empty)}{(InPlace ? " in place" : string.Empty)}";
    }
}
