using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Diffusion.Tests;

/// <summary>One back end for all tests; its calls take turns.</summary>
internal static class TestBackend
{
    public static IBackend Instance { get; } = CpuBackend.Create(new CpuOptions { MemoryBudgetBytes = 4L << 30 });
}
