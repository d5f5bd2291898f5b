using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;
using Kinora.Tensors.Conformance;

namespace Kinora.Tensors.Benchmarks;

/// <summary>The conformance list's length and the worst error per operation, on every path this processor has.</summary>
internal static class ConformanceTable
{
    public static void Print()
    {
        var paths = CpuBackend.Available.Select(set => (Name: $"{set}", Options: new CpuOptions { InstructionSet = set, Threads = 2, MemoryBudgetBytes = 1L << 30 }))
            .Concat(new[] { ProductPrecision.BFloat16, ProductPrecision.Int8 }
                .Select(precision => (Name: $"{precision} products", Options: new CpuOptions { Precision = precision, Threads = 2, MemoryBudgetBytes = 1L << 30 }))).ToArray();
        var sets = paths.Select(path => path.Name).ToArray();
        var results = paths.Select(path =>
        {
            using var backend = CpuBackend.Create(path.Options);
            return ConformanceList.All.Select(item => item.Run(backend)).ToArray();
        }).ToArray();
        Console.WriteLine($"{ConformanceList.All.Count} cases and {ConformanceList.Refusals.Count} refusals; {results.Sum(list => list.Count(result => !result.Passed))} failed.");
        Console.WriteLine();
        Console.WriteLine($"| operation | cases | tolerance | {string.Join(" | ", sets)} |");
        Console.WriteLine($"|---|---|---|{string.Concat(sets.Select(_ => "---|"))}");
        foreach (var op in ConformanceList.All.GroupBy(item => item.Op))
        {
            var worst = results.Select(list => list.Where(result => result.Case.Op == op.Key).Max(result => result.Error).ToString("0.0e+0", System.Globalization.CultureInfo.InvariantCulture));
            Console.WriteLine($"| {op.Key} | {op.Count()} | {op.Max(item => item.Tolerance):0e+0} | {string.Join(" | ", worst)} |");
        }
    }
}
