using System.Globalization;

namespace Kinora.Cli.Tests;

/// <summary>The short form of <c>make chaos</c>: real processes, real signals, a fault every two seconds.</summary>
public sealed class ChaosTests
{
    [Theory]
    [InlineData("sqlite", 1, 2)]
    [InlineData("postgres", 2, 3)]
    public async Task Nothing_is_lost_doubled_or_left_behind_while_processes_are_killed_and_frozen(string store, int fronts, int workers)
    {
        if (store == "postgres")
            RequiredPostgres.SkipUnlessPresent();
        string program = Path.Combine(AppContext.BaseDirectory, "Kinora.Chaos");
        string[] arguments =
        [
            "--store", store, "--seconds", "16", "--rate", "2", "--seed", "5", "--fronts", fronts.ToString(CultureInfo.InvariantCulture),
            "--workers", workers.ToString(CultureInfo.InvariantCulture),
        ];

        string report = await ToolRun.RunAsync(AppContext.BaseDirectory, program, arguments);

        TestContext.Current.TestOutputHelper?.WriteLine(report);
        foreach (string count in (string[])["losses: 0", "duplicates: 0", "double bills: 0", "orphans: 0"])
            Assert.Contains(count, report, StringComparison.Ordinal);
    }
}
