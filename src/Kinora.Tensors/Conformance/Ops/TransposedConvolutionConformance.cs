using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>y[t·stride + k - padding] += x[t] · w[k].</summary>
internal static class TransposedConvolutionConformance
{
    public static IEnumerable<ConformanceCase> Cases =>
    [
        Case(1, 5, 3, 4, 4, 2, 1, 10, false),
        Case(2, 17, 20, 33, 16, 8, 4, 136, true),
        Case(1, 9, 6, 5, 7, 3, 2, 27, true),
        Case(1, 9, 6, 5, 3, 1, 1, 9, false),
        Case(1, 4, 6, 5, 2, 5, 0, 17, false),
        Case(1, 1, 2, 2, 1, 1, 0, 1, true),
        Case(2, 17, 21, 33, 16, 8, 4, 136, true, WeightFormat.BFloat16),
        Case(1, 9, 7, 5, 7, 3, 2, 27, true, WeightFormat.BFloat16),
    ];

    private static ConformanceCase Case(int batches, int length, int channels, int outputs, int kernel, int stride, int padding, int outLength, bool withBias, WeightFormat format = WeightFormat.Float32) =>
        new("TransposedConvolution", $"[{batches}, {length}, {channels}] ∗ [{channels}, {outputs}, {kernel}], stride {stride}, padding {padding} → {outLength}, {format}", 3e-6, (backend, scope) =>
        {
            var (x, w) = (Samples.Normal(scope, [batches, length, channels], 1), Samples.Normal(scope, [channels, outputs, kernel], 2));
            var bias = withBias ? Samples.Normal(scope, [outputs], 3) : null;
            var output = scope.Empty([batches, outLength, outputs]);
            backend.TransposedConvolution(x, scope.Add(backend.PackTransposedConvolution(w, stride, format)), output, padding, bias);
            var (xs, ws) = (Samples.Values(x), Samples.Stored(Samples.Values(w), 1, format));
            var y = new double[batches * outLength * outputs];
            for (var i = 0; i < batches * length * channels * outputs * kernel; i++)
            {
                var (k, n, c, t, b) = (i % kernel, i / kernel % outputs, i / kernel / outputs % channels, i / kernel / outputs / channels % length, i / kernel / outputs / channels / length);
                var at = (t * stride) + k - padding;
                if (at >= 0 && at < outLength)
                    y[(((b * outLength) + at) * outputs) + n] += xs[(((b * length) + t) * channels) + c] * ws[(((c * outputs) + n) * kernel) + k];
            }

            return (output, LinearConformance.Finish(y, outputs, bias, Activation.None));
        });
}
