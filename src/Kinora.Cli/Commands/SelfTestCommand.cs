using System.CommandLine;
using Kinora.Tensors.Backends;
using Kinora.Tensors.Backends.Cpu;
using Kinora.Tensors.Conformance;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora selftest</c>: the tensor runtime's conformance list on this machine's processor.</summary>
internal static class SelfTestCommand
{
    public static Command Create()
    {
        var command = new Command("selftest", "Check every tensor operation on this machine's processor against a plain reference.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        // Every path this processor has, and the products that round, where it has them.
        var options = CpuBackend.Available.Select(set => new CpuOptions { InstructionSet = set })
            .Concat(new[] { ProductPrecision.BFloat16, ProductPrecision.Int8 }.Select(precision => new CpuOptions { Precision = precision }));
        var passed = true;
        foreach (var option in options)
        {
            using var backend = CpuBackend.Create(option);
            if (backend.Precision == option.Precision)
                passed &= Run(backend);
        }

        return passed ? 0 : 1;
    }

    private static bool Run(IBackend backend)
    {
        var results = ConformanceList.All.Select(test => test.Run(backend)).ToList();
        var table = new Table { Title = new TableTitle(backend.Name) }.AddColumns("operation", "cases", "tolerance", "worst error", "failed");
        foreach (var operation in results.GroupBy(result => result.Case.Op))
        {
            table.AddRow(
                operation.Key,
                $"{operation.Count()}",
                FormattableString.Invariant($"{operation.Max(result => result.Tolerance):0e+0}"),
                FormattableString.Invariant($"{operation.Max(result => result.Error):0.0e+0}"),
                $"{operation.Count(result => !result.Passed)}");
        }

        AnsiConsole.Write(table);
        return results.TrueForAll(result => result.Passed);
    }
}
