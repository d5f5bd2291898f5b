using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Kinora.Benchmarks.Report;

namespace Kinora.Benchmarks;

/// <summary>The server's peak memory while 200 MB are uploaded, in one piece and in ten parts at once: it must not depend on their size.</summary>
internal static class UploadBenchmark
{
    private const int Bytes = 200_000_000;
    private const int Parts = 10;

    public static async Task RunAsync(Report report)
    {
        report.Section("Memory of an upload of 200 MB", "how", "peak MB over idle", "limit", "MB/s");
        await RunAsync(report, "one body", PutWholeAsync);
        await RunAsync(report, "ten parts at once", PutPartsAsync);
    }

    private static async Task RunAsync(Report report, string how, Func<HttpClient, Task> upload)
    {
        using var data = new ScratchFolder();
        using var kinora = await ServerUnderTest.StartKinoraAsync(data.Path, "--slots", "0");
        (await kinora.Http.GetAsync("/healthz")).EnsureSuccessStatusCode();
        await OpenAsync(kinora.Http, "");
        var idle = kinora.PeakBytes();
        var seconds = await Measure.SecondsAsync(() => upload(kinora.Http));
        report.Row(how, Number((kinora.PeakBytes() - idle) / 1e6, "0"), "60", Number(Bytes / 1e6 / seconds, "0"));
    }

    private static async Task PutWholeAsync(HttpClient http)
    {
        using var content = new ByteArrayContent(new byte[Bytes]);
        (await http.PutAsync(await OpenAsync(http, ""), content)).EnsureSuccessStatusCode();
    }

    private static async Task PutPartsAsync(HttpClient http)
    {
        var url = await OpenAsync(http, "-multipart");
        var parts = await Task.WhenAll(Enumerable.Range(1, Parts).Select(number => PutPartAsync(http, url, number)));
        using var completed = await http.PostAsJsonAsync(Below(url, "complete"), new JsonObject { ["parts"] = new JsonArray([.. parts]) });
        completed.EnsureSuccessStatusCode();
    }

    private static async Task<JsonNode> PutPartAsync(HttpClient http, Uri url, int number)
    {
        using var content = new ByteArrayContent(new byte[Bytes / Parts]);
        using var answer = await http.PutAsync(Below(url, $"{number}"), content);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static Uri Below(Uri url, string step) => new UriBuilder(url) { Path = $"{url.AbsolutePath}/{step}" }.Uri;

    private static async Task<Uri> OpenAsync(HttpClient http, string kind)
    {
        using var answer = await http.PostAsJsonAsync("/storage/upload/initiate" + kind, new JsonObject { ["content_type"] = "video/mp4", ["file_name"] = "clip.mp4" });
        return new Uri((await answer.Content.ReadFromJsonAsync<JsonObject>())!["upload_url"]!.GetValue<string>());
    }
}
