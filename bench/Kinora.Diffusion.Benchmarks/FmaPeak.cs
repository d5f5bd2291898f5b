using System.Diagnostics;
using System.Runtime.Intrinsics;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;
using Kinora.Tensors.Backends.Cpu.Simd;
using Kinora.Tensors.Benchmarks;

namespace Kinora.Diffusion.Benchmarks;

/// <summary>The fastest that float multiply-adds go on all threads together, measured beside the work.</summary>
internal static class FmaPeak
{
    private const long Steps = 40_000_000;

    /// <summary>10⁹ operations per second, the best of five.</summary>
    public static double Measure(int threads)
    {
        var best = 0.0;
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => Run())).ToArray();
            foreach (var worker in workers)
                worker.Start();
            foreach (var worker in workers)
                worker.Join();
            best = Math.Max(best, threads * Work * Steps / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static InstructionSet Set => CpuBackend.Available[^1];

    private static double Work => Set switch
    {
        InstructionSet.Avx512 => Peak<Simd512, Vector512<float>>.Work,
        InstructionSet.Avx2 => Peak<Simd256, Vector256<float>>.Work,
        _ => Peak<Simd128, Vector128<float>>.Work,
    };

    private static float Run() => Set switch
    {
        InstructionSet.Avx512 => Peak<Simd512, Vector512<float>>.Run(Steps),
        InstructionSet.Avx2 => Peak<Simd256, Vector256<float>>.Run(Steps),
        _ => Peak<Simd128, Vector128<float>>.Run(Steps),
    };
}
