using System.Diagnostics;
using Kinora.Tensors.Backends.Cpu;
using Kinora.Tensors.Conformance;

namespace Kinora.Tensors.Tests.Backends.Cpu;

/// <summary>
/// Runs this test program again with instruction sets switched off in the runtime, where the fallback code is what the JIT really emits.
/// </summary>
public sealed class InstructionSetTests
{
    private const string Expected = "KINORA_EXPECTED_INSTRUCTION_SET";

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "Avx2")]
    [InlineData("DOTNET_EnableAVX2", "Portable")]
    [InlineData("DOTNET_EnableHWIntrinsic", "Portable")]
    public async Task A_processor_with_less_gets_the_next_best_path_and_it_is_right(string switchedOff, string expected)
    {
        if (expected == "Avx2" && !CpuBackend.Available.Contains(InstructionSet.Avx2))
            Assert.Skip("This processor has no AVX2.");
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "--no-progress", "--filter-method", $"*{nameof(The_best_path_is_the_expected_one_and_a_short_list_passes)}" },
            Environment = { [switchedOff] = "0", [Expected] = expected },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var child = Process.Start(start)!;
        var (output, error) = (child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        var text = await output + await error;
        Assert.True(child.ExitCode == 0, text);
        Assert.Contains("succeeded: 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_path_is_the_expected_one_and_a_short_list_passes()
    {
        var expected = Environment.GetEnvironmentVariable(Expected) ?? CpuBackend.Available.Max().ToString();
        Assert.Equal(expected, CpuBackend.Available[^1].ToString());
        using var backend = CpuBackend.Create(new CpuOptions { Threads = 2, MemoryBudgetBytes = 1 << 28 });

        // Every third case is enough of each operation, and keeps plain scalar code within seconds.
        var failed = ConformanceList.All.Where((_, index) => index % 3 == 0).Select(item => item.Run(backend)).Where(result => !result.Passed).ToArray();
        Assert.True(failed.Length == 0, string.Join("\n", failed.Select(result => $"{result.Case}: {result.Error:E2} {result.Failure}")));
    }
}
