using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;
using Kinora.Tensors.Conformance;

namespace Kinora.Tensors.Tests;

public sealed class ConformanceListTests
{
    public static TheoryData<InstructionSet, int> BackEnds => new(CpuBackend.Available.SelectMany(set => new[] { (set, 1), (set, 3) }));

    [Theory]
    [MemberData(nameof(BackEnds))]
    public void Every_case_is_within_its_tolerance(InstructionSet set, int threads)
    {
        using var backend = CpuBackend.Create(new CpuOptions { InstructionSet = set, Threads = threads, MemoryBudgetBytes = 1L << 30 });
        var failed = ConformanceList.All.Select(item => item.Run(backend)).Where(result => !result.Passed).ToArray();
        Assert.True(failed.Length == 0, string.Join("\n", failed.Select(result => $"{result.Case}: {result.Error:E2} of {result.Tolerance:E2} {result.Failure}")));
    }

    [Theory]
    [InlineData(ProductPrecision.BFloat16)]
    [InlineData(ProductPrecision.Int8)]
    public void Every_case_is_within_the_tolerance_of_products_that_round(ProductPrecision precision)
    {
        using var backend = CpuBackend.Create(new CpuOptions { Threads = 3, Precision = precision, MemoryBudgetBytes = 1L << 30 });
        var results = ConformanceList.All.Select(item => item.Run(backend)).ToArray();
        var failed = results.Where(result => !result.Passed).ToArray();
        Assert.True(failed.Length == 0, string.Join("\n", failed.Select(result => $"{result.Case}: {result.Error:E2} of {result.Tolerance:E2} {result.Failure}")));
        if (backend.Precision == precision)
            Assert.Contains(results, result => result.Case.Op == "Linear" && result.Error > 1e-4);
    }

    [Theory]
    [MemberData(nameof(BackEnds))]
    public void Every_misuse_is_refused_with_the_operation_and_what_came(InstructionSet set, int threads)
    {
        using var backend = CpuBackend.Create(new CpuOptions { InstructionSet = set, Threads = threads, MemoryBudgetBytes = 1L << 30 });
        var failed = ConformanceList.Refusals.Select(item => (Case: item, Problem: item.Run(backend))).Where(result => result.Problem is not null).ToArray();
        Assert.True(failed.Length == 0, string.Join("\n", failed.Select(result => $"{result.Case}: {result.Problem}")));
    }
}
