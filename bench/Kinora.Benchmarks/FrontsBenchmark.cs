using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Kinora.Jobs.Tests.Postgres;

namespace Kinora.Benchmarks;

/// <summary>
/// <c>kinora load</c> on two fronts and two workers that share a PostgreSQL, all processes of one machine: from the submit to the end of every request. Clips are instant, so
/// that what is measured is everything but the making of pictures. The load is open: see <see cref="SubmitBenchmark"/>.
/// </summary>
internal static class FrontsBenchmark
{
    private const int Seconds = 20;

    public static async Task RunAsync(Report report)
    {
        if (!PostgresServer.IsInstalled)
            return;
        await using var postgres = await PostgresServer.StartAsync(isDurable: true);
        var database = await postgres.CreateDatabaseAsync();
        using var data = new ScratchFolder();
        string[] place = ["--database", database, "--instant"];
        using var one = await ServerUnderTest.StartKinoraAsync(data.Path, ["--slots", "0", .. place]);
        using var two = await ServerUnderTest.StartKinoraAsync(data.Path, ["--slots", "0", .. place]);
        using var workers = new Workers(data.Path, place);

        report.Section(
            "Two fronts, two workers, PostgreSQL, all on this machine: `kinora load --follow`, instant clips", "requests a second", "what", "answered", "p50 ms", "p90 ms", "p99 ms", "max ms");
        await LoadAsync(one, two, 10); // warm-up
        foreach (var rate in (int[])[20, 60])
        {
            var output = await LoadAsync(one, two, rate);
            AddRow(report, rate, "submit to its answer", output, "submits");
            AddRow(report, rate, "submit to the end seen by polling every 250 ms", output, "requests");
        }
    }

    private static void AddRow(Report report, int rate, string what, string output, string line)
    {
        var match = Regex.Match(output, $@"^{line} +(.*)\n +ms: p50 (\S+) +p90 (\S+) +p99 (\S+) +p99.9 \S+ +max (\S+)", RegexOptions.Multiline);
        report.Row([rate.ToString(CultureInfo.InvariantCulture), what, .. match.Groups.Values.Skip(1).Select(group => group.Value)]);
    }

    private static async Task<string> LoadAsync(ServerUnderTest one, ServerUnderTest two, int rate)
    {
        using var load = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "kinora"),
            [
                "load", "--server", one.Http.BaseAddress!.ToString(), "--server", two.Http.BaseAddress!.ToString(), "--image", Path.Combine(AppContext.BaseDirectory, "photos", "coffee.jpg"),
                "--rate", rate.ToString(CultureInfo.InvariantCulture), "--duration", Seconds.ToString(CultureInfo.InvariantCulture), "--follow", "60",
            ])
        { RedirectStandardOutput = true })!;
        var output = await load.StandardOutput.ReadToEndAsync();
        await load.WaitForExitAsync();
        return load.ExitCode == 0 ? output : throw new InvalidOperationException("The load failed:\n" + output);
    }

    /// <summary>Two <c>kinora worker</c> with four slots each.</summary>
    private sealed class Workers : IDisposable
    {
        private readonly List<Process> _processes;

        public Workers(string data, string[] place) => _processes = Enumerable.Range(0, 2)
            .Select(_ => Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kinora"), ["worker", "--slots", "4", "--data", data, .. place]) { RedirectStandardOutput = true })!).ToList();

        public void Dispose()
        {
            foreach (var process in _processes)
            {
                process.Kill();
                process.WaitForExit();
                process.Dispose();
            }
        }
    }
}
