using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Benchmarks;

/// <summary>Causal 3×3×3 convolutions against OpenBLAS's product of the same size on data that was already im2col'ed, for nothing.</summary>
internal static unsafe class ConvolutionBenchmark
{
    public static void Run(int threads, double seconds, string only)
    {
        foreach (var (channels, frames, rows, columns) in new[] { (128L, 13L, 36L, 64L), (512L, 7L, 18L, 32L) }.Where(size => only.Length == 0 || $"{size.Item1}" == only))
        {
            using var backend = CpuBackend.Create(new CpuOptions { Threads = threads });
            using var scope = new TensorScope(backend.Memory);
            var (x, w, y) = (scope.Empty([1, frames, rows, columns, channels]), scope.Empty([channels, channels, 3, 3, 3]), scope.Empty([1, frames, rows, columns, channels]));
            backend.FillNormal(x, 1, 1);
            backend.FillNormal(w, 1, 2);
            const long m = 1872;
            var depth = 27 * channels;
            var (columnsOfX, z) = (scope.Empty([m, depth]), scope.Empty([m, channels]));
            backend.FillNormal(columnsOfX, 1, 3);
            var contest = new Contest(threadTime: threads == 1, seconds);
            contest.Add("OpenBLAS, im2col free", 2e-9 * m * depth * channels, () =>
                OpenBlas.Multiply(m, channels, depth, 1, (float*)columnsOfX.Address(), depth, (float*)w.Address(), depth, turnB: true, (float*)z.Address(), channels));
            foreach (var format in new[] { WeightFormat.Float32, WeightFormat.BFloat16 })
            {
                var packed = scope.Add(backend.PackConvolution(w, format));
                var options = ConvolutionOptions.Same(causal: true);
                contest.Add($"Kinora {format}", 2e-9 * frames * rows * columns * depth * channels, () => backend.Convolution(x, packed, y, options));
            }

            using var rounding = CpuBackend.Create(new CpuOptions { Threads = threads, Precision = ProductPrecision.BFloat16 });
            var rounded = scope.Add(rounding.PackConvolution(w, WeightFormat.BFloat16));
            contest.Add("Kinora BFloat16, BFloat16 products", 2e-9 * frames * rows * columns * depth * channels, () => rounding.Convolution(x, rounded, y, ConvolutionOptions.Same(causal: true)));
            contest.Run();
            contest.Print($"conv3d {channels}→{channels} on {frames}×{rows}×{columns}, {threads} threads", "≥ 1.10");
        }
    }
}
