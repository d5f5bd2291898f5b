using System.Diagnostics;
using static Kinora.Benchmarks.Report;

namespace Kinora.Benchmarks;

/// <summary>How many status reads a second 16 connections get, against a bare Kestrel endpoint that answers with the same bytes.</summary>
internal static class StatusBenchmark
{
    private const int Connections = 16;
    private const int Rounds = 5;
    private static readonly TimeSpan s_slice = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(Report report)
    {
        using var data = new ScratchFolder();
        using var kinora = await ServerUnderTest.StartKinoraAsync(data.Path, "--slots", "0");
        var path = await QueueCalls.SubmitForPathAsync(kinora.Http) + "/status";
        using var bare = await ServerUnderTest.StartBareAsync(await kinora.Http.GetByteArrayAsync(path));
        List<double> ours = [], theirs = [];
        await ReadsPerSecondAsync(kinora.Http, path);
        await ReadsPerSecondAsync(bare.Http, path);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await ReadsPerSecondAsync(kinora.Http, path));
            theirs.Add(await ReadsPerSecondAsync(bare.Http, path));
        }

        report.Section("Status: 16 connections", "server", "reads/s", "share of bare Kestrel", "limit");
        report.Row("kinora", Number(Measure.Median(ours), "0"), Number(Measure.Median(ours.Zip(theirs, (us, them) => us / them))), "5000/s or 0.5");
        report.Row("bare Kestrel, same bytes", Number(Measure.Median(theirs), "0"), "1", "");
    }

    private static async Task<double> ReadsPerSecondAsync(HttpClient http, string path)
    {
        var reads = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < s_slice)
            {
                await http.GetByteArrayAsync(path);
                Interlocked.Increment(ref reads);
            }
        }));
        return reads / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
