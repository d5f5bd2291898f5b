using System.Diagnostics;
using static Kinora.Benchmarks.Report;

namespace Kinora.Benchmarks;

/// <summary>
/// How long a submit takes at 200 a second, durable before the answer, against a bare Kestrel endpoint that answers with the same bytes. The load is open: submits leave by the clock, whether or not
/// earlier ones are answered, and each is timed from the moment it was due, so that a server that stalls is charged for all that it kept waiting. No worker runs.
/// </summary>
internal static class SubmitBenchmark
{
    private const int PerSecond = 200;
    private const int Rounds = 5;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Report report)
    {
        using var data = new ScratchFolder();
        using var kinora = await ServerUnderTest.StartKinoraAsync(data.Path, "--slots", "0");
        using var bare = await ServerUnderTest.StartBareAsync(await (await QueueCalls.SubmitAsync(kinora.Http)).Content.ReadAsByteArrayAsync());
        List<double> ours = [], theirs = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (us, them) = (await RoundAsync(kinora.Http), await RoundAsync(bare.Http));
            if (round == 0)
                continue; // warm-up
            ours.AddRange(us);
            theirs.AddRange(them);
        }

        report.Section($"Submit: {PerSecond} a second, durable before the answer", "server", "p50 ms", "p99 ms", "limit p99", "over bare Kestrel, p50");
        report.Row("kinora", Number(Measure.Median(ours)), Number(Measure.Percentile(ours, 0.99)), "15", $"+{Number(Measure.Median(ours) - Measure.Median(theirs))} ms");
        report.Row("bare Kestrel, same bytes", Number(Measure.Median(theirs)), Number(Measure.Percentile(theirs, 0.99)), "", "");
    }

    private static async Task<double[]> RoundAsync(HttpClient http)
    {
        var count = (int)(PerSecond * Slice.TotalSeconds);
        var started = Stopwatch.GetTimestamp();
        var submits = await Task.Factory.StartNew(() => Enumerable.Range(0, count).Select(index => SendWhenDue(http, started, TimeSpan.FromSeconds((double)index / PerSecond))).ToArray(), TaskCreationOptions.LongRunning);
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
