using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Benchmarks;

/// <summary>Linear layers with packed weights against OpenBLAS sgemm.</summary>
internal static unsafe class MatMulBenchmark
{
    private static readonly (long M, long N, long K, string Wanted)[] s_sizes =
        [(1872, 2048, 2048, "bf16 ≥ 1.10"), (1872, 8192, 2048, "bf16 ≥ 1.20"), (4992, 4096, 4096, "bf16 ≥ 1.05"), (128, 10240, 4096, "bf16, int8 ≥ 1.50")];

    public static void Run(int threads, double seconds, string only)
    {
        foreach (var (m, n, k, wanted) in s_sizes.Where(size => only.Length == 0 || $"{size.M}x{size.N}x{size.K}" == only))
        {
            using var rest = new Rest();
            using var backend = CpuBackend.Create(new CpuOptions { Threads = threads });
            using var scope = new TensorScope(backend.Memory);
            var (x, w, y, z) = (scope.Empty([m, k]), scope.Empty([n, k]), scope.Empty([m, n]), scope.Empty([m, n]));
            backend.FillNormal(x, 1, 1);
            backend.FillNormal(w, 1, 2);
            var contest = new Contest(threadTime: threads == 1, seconds);
            var work = 2e-9 * m * n * k;
            contest.Add("OpenBLAS sgemm", work, () => OpenBlas.Multiply(m, n, k, 1, (float*)x.Address(), k, (float*)w.Address(), k, turnB: true, (float*)z.Address(), n));
            if (OneDnn.IsPresent)
            {
                contest.Add("oneDNN sgemm", work, () => OneDnn.Multiply(m, n, k, (float*)x.Address(), (float*)w.Address(), (float*)z.Address()));
                contest.Add("oneDNN u8s8s32", work, () => OneDnn.Multiply(m, n, k, x.Address(), (sbyte*)w.Address(), (int*)z.Address()));
            }

            foreach (var format in Enum.GetValues<WeightFormat>())
            {
                var packed = scope.Add(backend.PackLinear(w, format));
                contest.Add($"Kinora {format}", work, () => backend.Linear(x, packed, y));
            }

            foreach (var (precision, format) in new[] { (ProductPrecision.BFloat16, WeightFormat.BFloat16), (ProductPrecision.BFloat16, WeightFormat.Int8), (ProductPrecision.Int8, WeightFormat.Int8) })
            {
                var rounding = rest.Add(CpuBackend.Create(new CpuOptions { Threads = threads, Precision = precision }));
                var packed = scope.Add(rounding.PackLinear(w, format));
                contest.Add($"Kinora {format}, {precision} products", work, () => rounding.Linear(x, packed, y));
            }

            contest.Run();
            contest.Print($"{m}×{n}×{k}, {threads} threads", wanted);
        }
    }
}
