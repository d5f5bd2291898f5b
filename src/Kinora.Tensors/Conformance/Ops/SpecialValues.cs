using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>
/// NaN and infinities in one element: they must reach the results that depend on it, as IEEE 754 arithmetic on the formula says, and no others.
/// </summary>
internal static class SpecialValues
{
    private static readonly float[] s_specials = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    public static IEnumerable<ConformanceCase> Cases => s_specials.SelectMany(special => new[]
    {
        Elementwise(special),
        Linear(special),
        Attention(special),
        Softmax(special),
        RmsNorm(special),
        Convolution(special),
        Extremes(special),
    });

    private static ConformanceCase Elementwise(float special) => new("Unary", $"every function of {special}", 1e-6, (backend, scope) =>
    {
        var ops = Enum.GetValues<UnaryOp>();
        var (x, output) = (scope.Empty([20]), scope.Empty([ops.Length, 20]));
        backend.Fill(x, special);
        for (var i = 0; i < ops.Length; i++)
            backend.Unary(ops[i], x, output.Slice(0, i, 1).Reshape([20]));
        return (output, [.. ops.SelectMany(op => Enumerable.Repeat(UnaryConformance.Expected(op, special), 20))]);
    });

    private static ConformanceCase Linear(float special) => new("Linear", $"{special} in x", 2e-6, (backend, scope) =>
    {
        var (x, w, output) = (Samples.Normal(scope, [20, 40], 1), Samples.Normal(scope, [33, 40], 2), scope.Empty([20, 33]));
        x.AsSpan<float>()[(7 * 40) + 11] = special;
        backend.Linear(x, scope.Add(backend.PackLinear(w, WeightFormat.BFloat16)), output);
        return (output, LinearConformance.Product(Samples.Values(x), Samples.Stored(Samples.Values(w), 33, WeightFormat.BFloat16), 20, 33, 40));
    });

    // Infinite scores weigh all or nothing: +∞ - +∞ is NaN, -∞ counts as no weight. Only NaN is the same in both formulas for a whole row of keys.
    private static ConformanceCase Attention(float special) => new("Attention", $"{special} as the bias of one key", 5e-6, (backend, scope) =>
    {
        var (q, v, bias) = (scope.Zeros([1, 1, 40, 8]), Samples.Normal(scope, [1, 1, 300, 8], 1), scope.Zeros([1, 1, 40, 300]));
        bias.AsSpan<float>()[(5 * 300) + 200] = special;
        var output = scope.Empty([1, 1, 40, 8]);
        backend.Attention(q, v, v, output, new AttentionOptions { Bias = bias });
        var (values, y) = (Samples.Values(v), new double[320]);
        for (var i = 0; i < y.Length; i++)
        {
            for (var key = 0; key < 300; key++)
                y[i] += i / 8 == 5 && key == 200 && float.IsNegativeInfinity(special) ? 0 : values[(key * 8) + (i % 8)] / (i / 8 == 5 && float.IsNegativeInfinity(special) ? 299 : 300);
            if (i / 8 == 5 && !float.IsNegativeInfinity(special))
                y[i] = double.NaN;
        }

        return (output, y);
    });

    private static ConformanceCase Softmax(float special) => new("Softmax", $"{special} in one row, a row of -∞", 3e-6, (backend, scope) =>
    {
        var (x, output) = (scope.Zeros([3, 21]), scope.Empty([3, 21]));
        x.AsSpan<float>()[21 + 3] = special;
        x.AsSpan<float>()[42..].Fill(float.NegativeInfinity);
        backend.Softmax(x, output);
        var y = Enumerable.Repeat(1 / 21.0, 21).Concat(Enumerable.Repeat(1 / 20.0, 21)).Concat(Enumerable.Repeat(double.NaN, 21)).ToArray();
        if (float.IsNegativeInfinity(special))
            y[24] = 0;
        else
            y.AsSpan(21, 21).Fill(double.NaN);
        return (output, y);
    });

    private static ConformanceCase RmsNorm(float special) => new("RmsNorm", $"{special} in one row", 3e-6, (backend, scope) =>
    {
        var (x, output) = (scope.Empty([2, 37]), scope.Empty([2, 37]));
        backend.Fill(x, 1);
        x.AsSpan<float>()[40] = special;
        backend.RmsNorm(x, output, new NormOptions { Epsilon = 0 });
        var y = Enumerable.Repeat(1.0, 74).ToArray();
        for (var i = 37; i < 74; i++)
            y[i] = float.IsNaN(special) || i == 40 ? double.NaN : 0;
        return (output, y);
    });

    private static ConformanceCase Convolution(float special) => new("Convolution", $"{special} in the middle of a picture", 3e-6, (backend, scope) =>
    {
        long[] w = [3, 2, 3, 3];
        var (x, kernel) = (Samples.Normal(scope, [1, 6, 20, 2], 1), Samples.Normal(scope, new Shape(w), 2));
        x.AsSpan<float>()[((3 * 20) + 9) * 2] = special;
        var options = new ConvolutionOptions { PadRows = (1, 1), PadColumns = (1, 1) };
        var expected = ConvolutionConformance.Expected(x, Samples.Values(kernel), w, options, out var shape);
        var output = scope.Empty(shape);
        backend.Convolution(x, scope.Add(backend.PackConvolution(kernel, WeightFormat.Float32)), output, options);
        return (output, expected);
    });

    private static ConformanceCase Extremes(float special) => new("Binary", $"maximum and minimum with {special} on either side", 0, (backend, scope) =>
    {
        var (a, b, output) = (scope.Zeros([40]), scope.Zeros([40]), scope.Empty([2, 40]));
        (a.AsSpan<float>()[3], b.AsSpan<float>()[5], a.AsSpan<float>()[37], b.AsSpan<float>()[38]) = (special, special, special, special);
        backend.Binary(BinaryOp.Maximum, a, b, output.Slice(0, 0, 1).Reshape([40]));
        backend.Binary(BinaryOp.Minimum, a, b, output.Slice(0, 1, 1).Reshape([40]));
        var (x, y) = (Samples.Values(a), Samples.Values(b));
        return (output, [.. x.Zip(y, Math.Max), .. x.Zip(y, Math.Min)]);
    });
}
