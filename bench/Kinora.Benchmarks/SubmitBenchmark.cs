using System.Diagnostics;
using System.Globalization;
using Kinora.Jobs.Tests.Postgres;
using static Kinora.Benchmarks.Report;

namespace Kinora.Benchmarks;

/// <summary>
/// How long a submit over HTTP takes at 200 a second (on PostgreSQL, 300), durable before the answer, against a bare Kestrel endpoint that answers with the same bytes. The load is open: submits leave by the clock, whether or not
/// earlier ones are answered, and each is timed from the moment it was due, so that a server that stalls is charged for all that it kept waiting. No worker runs.
/// </summary>
internal static class SubmitBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan s_slice = TimeSpan.FromSeconds(3);

    public static Task RunAsync(Report report) => RunAsync(report, "SQLite", perSecond: 200, limit: 15);

    public static async Task RunPostgresAsync(Report report)
    {
        if (!PostgresServer.IsInstalled)
            return;
        await using var server = await PostgresServer.StartAsync(isDurable: true);
        await RunAsync(report, "PostgreSQL on the same machine", perSecond: 300, limit: 25, "--database", await server.CreateDatabaseAsync());
    }

    private static async Task RunAsync(Report report, string store, int perSecond, int limit, params string[] options)
    {
        using var data = new ScratchFolder();
        using var kinora = await ServerUnderTest.StartKinoraAsync(data.Path, ["--slots", "0", .. options]);
        using var bare = await ServerUnderTest.StartBareAsync(await (await QueueCalls.SubmitAsync(kinora.Http)).Content.ReadAsByteArrayAsync());
        List<double> ours = [], theirs = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (us, them) = (await RoundAsync(kinora.Http, perSecond), await RoundAsync(bare.Http, perSecond));
            if (round == 0)
                continue; // warm-up
            ours.AddRange(us);
            theirs.AddRange(them);
        }

        report.Section($"Submit over HTTP, {store}: {perSecond} a second, durable before the answer", "server", "p50 ms", "p99 ms", "limit p99", "over bare Kestrel, p50");
        report.Row("kinora", Number(Measure.Median(ours)), Number(Measure.Percentile(ours, 0.99)), limit.ToString(CultureInfo.InvariantCulture), $"+{Number(Measure.Median(ours) - Measure.Median(theirs))} ms");
        report.Row("bare Kestrel, same bytes", Number(Measure.Median(theirs)), Number(Measure.Percentile(theirs, 0.99)), "", "");
    }

    private static async Task<double[]> RoundAsync(HttpClient http, int perSecond)
    {
        var count = (int)(perSecond * s_slice.TotalSeconds);
        var started = Stopwatch.GetTimestamp();
        var submits = await Task.Factory.StartNew(() => Enumerable.Range(0, count).Select(index => SendWhenDue(http, started, TimeSpan.FromSeconds((double)index / perSecond))).ToArray(), TaskCreationOptions.LongRunning);
        return await Task.WhenAll(submits);
    }

    // On a thread of its own: a timer of the pool is late when the pool is busy, and the lateness would be counted.
    private static Task<double> SendWhenDue(HttpClient http, long started, TimeSpan due)
    {
        while (Stopwatch.GetElapsedTime(started) is var now && now < due)
            Thread.Sleep(due - now > TimeSpan.FromMilliseconds(2) ? 1 : 0);
        return Task.Run(async () =>
        {
            using var answer = await QueueCalls.SubmitAsync(http);
            return (Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds;
        });
    }
}
