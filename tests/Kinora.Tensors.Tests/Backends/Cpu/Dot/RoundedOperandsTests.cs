using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;
using Kinora.Tensors.Backends.Cpu.Kernels;
using Kinora.Tensors.Conformance;

namespace Kinora.Tensors.Tests.Backends.Cpu.Dot;

/// <summary>
/// Products with rounded operands against naive sums in double of operands rounded the same way, so that a wrong layout or a lost number can't hide
/// behind rounding; and how far rounding takes them from the exact result.
/// </summary>
public sealed class RoundedOperandsTests
{
    [Theory]
    [InlineData(1, 1, 1, WeightFormat.BFloat16)]
    [InlineData(13, 33, 7, WeightFormat.BFloat16)]
    [InlineData(29, 40, 1026, WeightFormat.BFloat16)]
    [InlineData(230, 300, 2049, WeightFormat.BFloat16)]
    [InlineData(13, 33, 7, WeightFormat.Int8)]
    [InlineData(57, 300, 1101, WeightFormat.Int8)]
    public void A_linear_layer_multiplies_activations_rounded_to_bfloat16(int m, int n, int k, WeightFormat format)
    {
        using var backend = Create(ProductPrecision.BFloat16);
        using var scope = new TensorScope(backend.Memory);
        var (x, w, y) = Operands(backend, scope, m, n, k);
        backend.Linear(x, scope.Add(backend.PackLinear(w, format)), y);
        var expected = Product([.. Samples.Values(x).Select(Round)], Samples.Stored(Samples.Values(w), n, format), m, n, k);
        Assert.InRange(Samples.Error(Samples.Values(y), expected), 0, 3e-6);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(13, 33, 7)]
    [InlineData(57, 300, 4099)]
    public void A_linear_layer_multiplies_rows_rounded_to_127ths_of_their_largest(int m, int n, int k)
    {
        using var backend = Create(ProductPrecision.Int8);
        using var scope = new TensorScope(backend.Memory);
        var (x, w, y) = Operands(backend, scope, m, n, k);
        backend.Linear(x, scope.Add(backend.PackLinear(w, WeightFormat.Int8)), y);
        var expected = Product(Samples.Stored(Samples.Values(x), m, WeightFormat.Int8), Samples.Stored(Samples.Values(w), n, WeightFormat.Int8), m, n, k);
        Assert.InRange(Samples.Error(Samples.Values(y), expected), 0, 1e-6);
    }

    [Fact]
    public void Rows_of_bytes_keep_what_is_not_a_number_and_zero_what_is_too_small()
    {
        using var backend = Create(ProductPrecision.Int8);
        using var scope = new TensorScope(backend.Memory);
        var x = scope.From<float>([1, 2, float.NaN, 1, float.PositiveInfinity, 0, 1e-37f, -1e-37f, 0, 0, 0, 0], [6, 2]);
        var (w, y) = (scope.From<float>([1, -1], [1, 2]), scope.Empty([6, 1]));
        backend.Linear(x, scope.Add(backend.PackLinear(w, WeightFormat.Int8)), y);
        var values = Samples.Values(y);
        Assert.Equal(-1, values[0], 2e-2);
        Assert.Equal([double.NaN, double.NaN, 0, 0, 0], values[1..]);
    }

    [Theory]
    [InlineData(5, 7, 16)]
    [InlineData(33, 169, 64)]
    [InlineData(130, 345, 64)]
    [InlineData(40, 701, 24)]
    [InlineData(3, 1000, 136)]
    public void Attention_compares_and_mixes_what_was_rounded_to_bfloat16(int queries, int keys, int size)
    {
        using var backend = Create(ProductPrecision.BFloat16);
        using var scope = new TensorScope(backend.Memory);
        var q = Samples.Normal(scope, [1, 2, queries, size], 1);
        var (k, v) = (Samples.Normal(scope, [1, 2, keys, size], 2), Samples.Normal(scope, [1, 2, keys, size], 3));
        var output = scope.Empty([1, 2, queries, size]);
        backend.Attention(q, k, v, output);
        var scale = 1 / MathF.Sqrt(size) * 1.44269504f;
        var scaled = Samples.Values(q).Select(value => Round((float)value * scale)).ToArray();
        var expected = Attention(scaled, [.. Samples.Values(k).Select(Round)], [.. Samples.Values(v).Select(Round)], queries, keys, size);

        // What remains is the rounding of the weights, of which the result is a mean.
        Assert.InRange(Samples.Error(Samples.Values(output), expected), 0, 3e-3);
    }

    [Theory]
    [InlineData(ProductPrecision.BFloat16, WeightFormat.BFloat16, 0.99999)]
    [InlineData(ProductPrecision.BFloat16, WeightFormat.Int8, 0.9998)]
    [InlineData(ProductPrecision.Int8, WeightFormat.Int8, 0.9995)]
    public void Rounding_hardly_turns_a_result(ProductPrecision precision, WeightFormat format, double leastCosine)
    {
        using var backend = Create(precision);
        using var scope = new TensorScope(backend.Memory);
        var (x, w, y) = Operands(backend, scope, 64, 256, 2048);
        backend.Linear(x, scope.Add(backend.PackLinear(w, format)), y);
        var exact = Product(Samples.Values(x), Samples.Values(w), 64, 256, 2048);
        Assert.InRange(Cosine(Samples.Values(y), exact), leastCosine, 1);
    }

    [Fact]
    public void Weights_packed_as_floats_are_multiplied_exactly_all_the_same()
    {
        using var backend = Create(ProductPrecision.Int8);
        using var scope = new TensorScope(backend.Memory);
        var (x, w, y) = Operands(backend, scope, 20, 30, 100);
        backend.Linear(x, scope.Add(backend.PackLinear(w, WeightFormat.Float32)), y);
        Assert.InRange(Samples.Error(Samples.Values(y), Product(Samples.Values(x), Samples.Values(w), 20, 30, 100)), 0, 2e-6);
    }

    [Fact]
    public void Rounded_results_are_the_same_bits_for_any_number_of_threads()
    {
        Assert.Equal(Everything(1), Everything(2));
        Assert.Equal(Everything(1), Everything(5));
    }

    [Fact]
    public void Weights_packed_for_dot_products_are_refused_where_there_are_none()
    {
        using var rounding = Create(ProductPrecision.BFloat16);
        using var exact = CpuBackend.Create(new CpuOptions { Threads = 1, InstructionSet = InstructionSet.Avx2, MemoryBudgetBytes = 1 << 26 });
        using var scope = new TensorScope(exact.Memory);
        var (x, w, y) = Operands(exact, scope, 4, 5, 6);
        using var packed = rounding.PackLinear(w, WeightFormat.BFloat16);
        var exception = Assert.Throws<TensorException>(() => exact.Linear(x, packed, y));
        Assert.Contains("Linear", exception.Message, StringComparison.Ordinal);
    }

    private static IBackend Create(ProductPrecision precision, int threads = 2)
    {
        var backend = CpuBackend.Create(new CpuOptions { Threads = threads, Precision = precision, MemoryBudgetBytes = 1 << 28 });
        if (backend.Precision == precision)
            return backend;
        backend.Dispose();
        Assert.Skip($"This processor has no {precision} products.");
        return backend;
    }

    private static float[] Everything(int threads)
    {
        using var backend = Create(ProductPrecision.Int8, threads);
        using var scope = new TensorScope(backend.Memory);
        var (x, w, y) = Operands(backend, scope, 131, 150, 900);
        backend.Linear(x, scope.Add(backend.PackLinear(w, WeightFormat.BFloat16)), y);
        var z = scope.Empty([131, 150]);
        backend.Linear(x, scope.Add(backend.PackLinear(w, WeightFormat.Int8)), z);
        var (q, o) = (Samples.Normal(scope, [1, 2, 300, 64], 4), scope.Empty([1, 2, 300, 64]));
        backend.Attention(q, q, q, o);
        return [.. y.AsSpan<float>(), .. z.AsSpan<float>(), .. o.AsSpan<float>()];
    }

    private static (Tensor X, Tensor W, Tensor Y) Operands(IBackend backend, TensorScope scope, int m, int n, int k) =>
        (Samples.Normal(scope, [m, k], 1), Samples.Normal(backend, scope, [n, k], 2, DType.Float32), scope.Empty([m, n]));

    private static double Round(double value) => ElementConversion.FromBFloat16(ElementConversion.ToBFloat16((float)value));

    private static double[] Product(double[] x, double[] w, int m, int n, int k)
    {
        var y = new double[m * n];
        for (var i = 0; i < y.Length; i++)
        {
            for (var l = 0; l < k; l++)
                y[i] += x[(i / n * k) + l] * w[(i % n * k) + l];
        }

        return y;
    }

    // Scores are logarithms to base 2.
    private static double[] Attention(double[] q, double[] k, double[] v, int queries, int keys, int size)
    {
        var output = new double[q.Length];
        for (var row = 0; row < q.Length / size; row++)
        {
            var head = row / queries * keys * size;
            var weights = new double[keys];
            for (var key = 0; key < keys; key++)
                weights[key] = Math.Pow(2, Enumerable.Range(0, size).Sum(d => q[(row * size) + d] * k[head + (key * size) + d]));
            for (var d = 0; d < size; d++)
                output[(row * size) + d] = Enumerable.Range(0, keys).Sum(key => weights[key] * v[head + (key * size) + d]) / weights.Sum();
        }

        return output;
    }

    private static double Cosine(double[] a, double[] b) =>
        a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));
}
