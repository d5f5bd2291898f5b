using System.Runtime.Intrinsics;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;
using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Benchmarks;

/// <summary>One thread's share of the FMA peak, for AVX-512 and AVX2, in processor time.</summary>
internal static unsafe class PeakBenchmark
{
    private const long Steps = 4_000_000;

    public static void Run(double seconds)
    {
        foreach (var set in CpuBackend.Available.Where(set => set != InstructionSet.Portable))
        {
            const long m = 1872, n = 2048, k = 2048;
            using var backend = CpuBackend.Create(new CpuOptions { Threads = 1, InstructionSet = set });
            using var scope = new TensorScope(backend.Memory);
            var (x, w, y) = (scope.Empty([m, k]), scope.Empty([n, k]), scope.Empty([m, n]));
            backend.FillNormal(x, 1, 1);
            backend.FillNormal(w, 1, 2);
            var contest = new Contest(threadTime: true, seconds);
            if (set == InstructionSet.Avx512)
                contest.Add("FMA peak", Peak<Simd512, Vector512<float>>.Work * Steps, () => Peak<Simd512, Vector512<float>>.Run(Steps));
            else
                contest.Add("FMA peak", Peak<Simd256, Vector256<float>>.Work * Steps, () => Peak<Simd256, Vector256<float>>.Run(Steps));
            foreach (var format in Enum.GetValues<WeightFormat>())
            {
                var packed = scope.Add(backend.PackLinear(w, format));
                contest.Add($"Kinora {format}", 2e-9 * m * n * k, () => backend.Linear(x, packed, y));
            }

            OpenBlas.SetThreads(1);
            if (set == InstructionSet.Avx512)
                contest.Add("OpenBLAS sgemm", 2e-9 * m * n * k, () => OpenBlas.Multiply(m, n, k, 1, (float*)x.Address(), k, (float*)w.Address(), k, turnB: true, (float*)y.Address(), n));
            contest.Run();
            contest.Print($"{m}×{n}×{k}, 1 thread, {set}", set == InstructionSet.Avx512 ? "≥ 0.80" : "≥ 0.75");
        }

        foreach (var (kind, precision, format) in new[] { (DotKind.BFloat16, ProductPrecision.BFloat16, WeightFormat.BFloat16), (DotKind.Int8, ProductPrecision.Int8, WeightFormat.Int8) })
        {
            if (DotTiles.Has(kind))
                Dots(kind, precision, format, seconds);
        }
    }

    // The dot products' own peak: the tile of 14 rows on operands that lie in the first-level cache.
    private static void Dots(DotKind kind, ProductPrecision precision, WeightFormat format, double seconds)
    {
        const long m = 1872, n = 2048, k = 2048;
        const int depth = 100, runs = 2000;
        using var backend = CpuBackend.Create(new CpuOptions { Threads = 1, Precision = precision });
        using var scope = new TensorScope(backend.Memory);
        var (x, w, y) = (scope.Empty([m, k]), scope.Empty([n, k]), scope.Empty([m, n]));
        backend.FillNormal(x, 1, 1);
        backend.FillNormal(w, 1, 2);
        var packed = scope.Add(backend.PackLinear(w, format));
        var together = kind == DotKind.BFloat16 ? 2 : 4;
        var (a, b, c) = (scope.Zeros([depth, 14]), scope.Zeros([depth, 32]), scope.Zeros([14, 32]));
        var contest = new Contest(threadTime: true, seconds);
        contest.Add("tile in the first-level cache", 2e-9 * runs * depth * together * 14 * 32, () => Tiles(kind, runs, depth, a, b, c));
        contest.Add($"Kinora {format}, {precision} products", 2e-9 * m * n * k, () => backend.Linear(x, packed, y));
        contest.Run();
        contest.Print($"{m}×{n}×{k}, 1 thread, {kind} products");
    }

    private static void Tiles(DotKind kind, int runs, int depth, Tensor a, Tensor b, Tensor c)
    {
        nint noOffset = 0;
        for (var i = 0; i < runs; i++)
        {
            var call = new DotCall
            {
                A = a.Floats(),
                AStepBytes = 14 * sizeof(float),
                B = b.Address(),
                C = c.Floats(),
                CStepBytes = 32 * sizeof(float),
                Depth = depth,
                Taps = &noOffset,
                TapCount = 1,
                Next = b.Address(),
            };
            DotTiles.Run(kind, 14, ref call);
        }
    }
}
