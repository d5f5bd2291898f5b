using Kinora.Tensors.Backends;

namespace Kinora.Tensors.Conformance.Ops;

/// <summary>Convolutions over one, two and three axes, with every border.</summary>
internal static class ConvolutionConformance
{
    private static readonly ConvolutionOptions s_plain = new();

    private static readonly (long[] X, long[] W, ConvolutionOptions Options)[] s_sizes =
    [
        ([1, 3, 4, 5, 8], [8, 8, 3, 3, 3], ConvolutionOptions.Same(causal: true)),
        ([2, 3, 4, 17, 20], [40, 20, 3, 3, 3], ConvolutionOptions.Same(causal: false)),
        ([1, 2, 5, 33, 3], [5, 3, 3, 3, 3], ConvolutionOptions.Same(causal: true, PaddingMode.Reflect)),
        ([1, 2, 3, 15, 16], [33, 16, 3, 3, 3], ConvolutionOptions.Same(causal: true, PaddingMode.Replicate)),
        ([1, 3, 4, 14, 130], [32, 130, 3, 3, 3], ConvolutionOptions.Same(causal: false, PaddingMode.Zero, PaddingMode.Zero)),
        ([1, 2, 4, 16, 256], [64, 256, 3, 3, 3], ConvolutionOptions.Same(causal: true)),
        ([1, 5, 6, 9, 16], [16, 16, 3, 3, 3], ConvolutionOptions.Same(causal: true) with { Stride = (2, 2, 2) }),
        ([1, 4, 7, 10, 8], [8, 8, 3, 3, 3], ConvolutionOptions.Same(causal: true) with { Stride = (1, 2, 2) }),
        ([1, 4, 7, 11, 8], [8, 8, 3, 3, 3], ConvolutionOptions.Same(causal: true, PaddingMode.Reflect) with { Stride = (2, 1, 3) }),
        ([2, 3, 4, 5, 6], [7, 6, 1, 1, 1], s_plain),
        ([1, 3, 8, 9, 6], [7, 6, 2, 3, 4], s_plain with { Dilation = (2, 2, 2), PadColumns = (1, 0) }),
        ([2, 9, 31, 12], [20, 12, 3, 3], s_plain with { PadRows = (1, 1), PadColumns = (1, 1) }),
        ([1, 9, 32, 12], [20, 12, 3, 3], s_plain with { PadRows = (0, 1), PadColumns = (0, 1), Stride = (1, 2, 2) }),
        ([2, 40, 12], [9, 12, 7], s_plain with { PadColumns = (3, 3) }),
        ([2, 40, 12], [9, 12, 7], s_plain with { PadColumns = (9, 9), Dilation = (1, 1, 3), SpaceMode = PaddingMode.Replicate }),
        ([1, 41, 5], [9, 5, 4], s_plain with { PadColumns = (2, 1), Stride = (1, 1, 3), SpaceMode = PaddingMode.Reflect }),
        ([1, 2, 3, 4, 0], [3, 0, 3, 3, 3], ConvolutionOptions.Same(causal: true)),
        ([0, 2, 3, 4, 2], [3, 2, 3, 3, 3], ConvolutionOptions.Same(causal: true)),
    ];

    public static IEnumerable<ConformanceCase> Cases =>
    [
        .. s_sizes.SelectMany(size => new[] { WeightFormat.Float32, WeightFormat.BFloat16 }.Select(format => Case(size.X, size.W, size.Options, format))),
        Case([1, 2, 4, 16, 256], [64, 256, 3, 3, 3], ConvolutionOptions.Same(causal: true), WeightFormat.Int8),
        Case([1, 2, 3, 7, 5], [6, 5, 3, 3, 3], ConvolutionOptions.Same(causal: false, PaddingMode.Replicate), WeightFormat.Int8),
        WithEpilogue(),
    ];

    private static ConformanceCase Case(long[] x, long[] w, ConvolutionOptions options, WeightFormat format) =>
        new("Convolution", $"{new Shape(x)} ∗ {new Shape(w)}, {format}, {Text(options)}", 3e-6, (backend, scope) =>
        {
            var (input, kernel) = (Samples.Normal(scope, new Shape(x), 1), Samples.Normal(scope, new Shape(w), 2));
            var expected = Expected(input, Samples.Stored(Samples.Values(kernel), w[0], format), w, options, out var shape);
            var output = scope.Empty(shape);
            backend.Convolution(input, scope.Add(backend.PackConvolution(kernel, format)), output, options);
            return (output, expected);
        });

    private static ConformanceCase WithEpilogue() => new("Convolution", "[1, 2, 3, 5, 8] ∗ [8, 8, 3, 3, 3] + bias, SiLU, residual in place", 3e-6, (backend, scope) =>
    {
        long[] w = [8, 8, 3, 3, 3];
        var (input, kernel, bias) = (Samples.Normal(scope, [1, 2, 3, 5, 8], 1), Samples.Normal(scope, new Shape(w), 2), Samples.Normal(scope, [8], 3));
        var output = Samples.Normal(scope, [1, 2, 3, 5, 8], 4);
        var residual = Samples.Values(output);
        var options = ConvolutionOptions.Same(causal: true);
        backend.Convolution(input, scope.Add(backend.PackConvolution(kernel, WeightFormat.Float32)), output, options, new Epilogue { Bias = bias, Activation = Activation.Silu, Residual = output });
        return (output, LinearConformance.Finish(Expected(input, Samples.Values(kernel), w, options, out _), 8, bias, Activation.Silu, residual: residual));
    });

    internal static double[] Expected(Tensor input, double[] w, long[] kernel, ConvolutionOptions options, out Shape shape)
    {
        var x = Samples.Values(input);
        var axes = kernel.Length - 2;
        long[] size = [.. Enumerable.Repeat(1L, 3 - axes), .. input.Shape.AsSpan()[1..^1].ToArray()], k = [.. Enumerable.Repeat(1L, 3 - axes), .. kernel[2..]];
        long[] stride = [options.Stride.Frames, options.Stride.Rows, options.Stride.Columns], gap = [options.Dilation.Frames, options.Dilation.Rows, options.Dilation.Columns];
        (int Before, int After)[] pad = [options.PadFrames, options.PadRows, options.PadColumns];
        PaddingMode[] mode = [options.FrameMode, options.SpaceMode, options.SpaceMode];
        var length = Enumerable.Range(0, 3).Select(a => ((size[a] + pad[a].Before + pad[a].After - (gap[a] * (k[a] - 1)) - 1) / stride[a]) + 1).ToArray();
        var (channels, outputs) = (kernel[1], kernel[0]);
        shape = [input.Shape[0], .. length[(3 - axes)..], outputs];
        var y = new double[shape.ElementCount];
        for (long i = 0; i < y.Length; i++)
        {
            long[] at = [i / outputs / length[2] / length[1] % length[0], i / outputs / length[2] % length[1], i / outputs % length[2]];
            var (batch, output) = (i / outputs / length[2] / length[1] / length[0], i % outputs);
            for (long tap = 0; tap < k[0] * k[1] * k[2]; tap++)
            {
                long[] t = [tap / k[2] / k[1], tap / k[2] % k[1], tap % k[2]];
                var from = Enumerable.Range(0, 3).Select(a => Source((at[a] * stride[a]) + (t[a] * gap[a]) - pad[a].Before, size[a], mode[a])).ToArray();
                for (long c = 0; c < channels && from.All(index => index >= 0); c++)
                    y[i] += x[(((((((batch * size[0]) + from[0]) * size[1]) + from[1]) * size[2]) + from[2]) * channels) + c] * w[(((output * channels) + c) * k[0] * k[1] * k[2]) + tap];
            }
        }

        return y;
    }

    private static long Source(long i, long length, PaddingMode mode)
    {
        if (i >= 0 && i < length)
            return i;
        return mode == PaddingMode.Zero ? -1 : mode == PaddingMode.Replicate ? Math.Clamp(i, 0, length - 1) : i < 0 ? -i : (2 * length) - 2 - i;
    }

    private static string Text(ConvolutionOptions o) =>
        $"stride {o.Stride}, dilation {o.Dilation}, pad {o.PadFrames} {o.PadRows} {o.PadColumns}, frames {o.FrameMode}, space {o.SpaceMode}";
}
