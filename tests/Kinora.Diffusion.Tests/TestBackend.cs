using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Diffusion.Tests;

/// <summary>One back end for all tests; its calls take turns.</summary>
internal static class TestBackend
{
    public static IBackend Instance { get; } = CpuBackend.Create(new CpuOptions { MemoryBudgetBytes = 4L << 30 });

    /// <summary>
    /// What small weights are tried with: products of floats, and products as rounded as the weights, which this processor may or may not have.
    /// </summary>
    public static IReadOnlyList<(WeightFormat Format, IBackend Backend, double LeastCosine)> Small { get; } =
    [
        (WeightFormat.BFloat16, Instance, 0.9995),
        (WeightFormat.BFloat16, CpuBackend.Create(new CpuOptions { Precision = ProductPrecision.BFloat16, MemoryBudgetBytes = 2L << 30 }), 0.9995),
        (WeightFormat.Int8, Instance, 0.998),
        (WeightFormat.Int8, CpuBackend.Create(new CpuOptions { Precision = ProductPrecision.Int8, MemoryBudgetBytes = 2L << 30 }), 0.998),
    ];
}
