using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using static Kinora.Benchmarks.Report;

namespace Kinora.Benchmarks;

/// <summary>Submit latency and status throughput against a bare Kestrel endpoint that returns the same bytes. Nothing runs meanwhile: the server accepts only.</summary>
internal static class HttpBenchmark
{
    private const string Endpoint = "/queue/fal-ai/kling-video/v3/turbo/standard/image-to-video";
    private const int Submits = 1000;
    private const int Connections = 16;
    private const int Rounds = 5;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);
    private static readonly byte[] Input = Encoding.UTF8.GetBytes("""{"prompt":"The camera eases in slowly.","image_url":"https://example.com/a.jpg"}""");

    public static async Task RunAsync(Report report)
    {
        using var data = new ScratchFolder();
        using var kinora = await ServerUnderTest.StartKinoraAsync(data.Path, "--slots", "0");
        var first = (await (await SubmitAsync(kinora.Http)).Content.ReadFromJsonAsync<JsonObject>())!;
        var statusPath = "/queue/fal-ai/kling-video/requests/" + first["request_id"]!.GetValue<string>() + "/status";

        await SubmitLatencyAsync(report, kinora, await BareTwinAsync(data, await (await SubmitAsync(kinora.Http)).Content.ReadAsByteArrayAsync()));
        await StatusThroughputAsync(report, kinora, statusPath, await BareTwinAsync(data, await kinora.Http.GetByteArrayAsync(statusPath)));
    }

    private static async Task SubmitLatencyAsync(Report report, ServerUnderTest kinora, ServerUnderTest bare)
    {
        using var _ = bare;
        report.Section("Submit: durable before the answer", "server", "p50 ms", "p99 ms", "over bare Kestrel, p50");
        List<double> ours = [], theirs = [];
        for (var i = 0; i < Submits; i++)
        {
            ours.Add(await Measure.SecondsAsync(() => SubmitAsync(kinora.Http)) * 1000);
            theirs.Add(await Measure.SecondsAsync(() => SubmitAsync(bare.Http)) * 1000);
        }

        var (us, them) = (ours.Skip(100).ToList(), theirs.Skip(100).ToList());
        report.Row("kinora", Number(Measure.Median(us)), Number(Measure.Percentile(us, 0.99)), $"+{Number(Measure.Median(us) - Measure.Median(them))} ms");
        report.Row("bare Kestrel, same bytes", Number(Measure.Median(them)), Number(Measure.Percentile(them, 0.99)), "");
    }

    private static async Task StatusThroughputAsync(Report report, ServerUnderTest kinora, string path, ServerUnderTest bare)
    {
        using var _ = bare;
        report.Section("Status: 16 connections", "server", "reads/s", "share of bare Kestrel");
        List<double> ours = [], theirs = [];
        await ReadsPerSecondAsync(kinora.Http, path);
        await ReadsPerSecondAsync(bare.Http, path);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await ReadsPerSecondAsync(kinora.Http, path));
            theirs.Add(await ReadsPerSecondAsync(bare.Http, path));
        }

        var share = Measure.Median(ours.Zip(theirs, (us, them) => us / them));
        report.Row("kinora", Number(Measure.Median(ours), "0"), Number(share));
        report.Row("bare Kestrel, same bytes", Number(Measure.Median(theirs), "0"), "1");
    }

    private static async Task<double> ReadsPerSecondAsync(HttpClient http, string path)
    {
        var reads = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < Slice)
            {
                await http.GetByteArrayAsync(path);
                Interlocked.Increment(ref reads);
            }
        }));
        return reads / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<ServerUnderTest> BareTwinAsync(ScratchFolder data, byte[] answer)
    {
        var file = Path.Combine(data.Path, "answer.json");
        await File.WriteAllBytesAsync(file, answer);
        return await ServerUnderTest.StartBareAsync(file);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient http)
    {
        using var body = new ByteArrayContent(Input);
        body.Headers.ContentType = new("application/json");
        var answer = await http.PostAsync(Endpoint, body);
        answer.EnsureSuccessStatusCode();
        return answer;
    }
}
