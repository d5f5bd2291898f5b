using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Kinora.Benchmarks.Report;

namespace Kinora.Benchmarks;

/// <summary>The server's peak memory while it makes a 5 s 1280×720 clip with sound. Children (ffmpeg) are not counted in.</summary>
internal static class MemoryBenchmark
{
    private const string Requests = "/queue/fal-ai/kling-video/requests/";

    public static async Task RunAsync(Report report)
    {
        report.Section("Memory of the server over idle: the same for any length", "when", "peak MB", "over idle MB", "limit");
        using var data = new ScratchFolder();
        using var kinora = await ServerUnderTest.StartKinoraAsync(data.Path);
        (await kinora.Http.GetAsync("/healthz")).EnsureSuccessStatusCode();
        var idle = kinora.PeakBytes();
        report.Row("idle", Number(idle / 1e6, "0"), "", "");
        foreach (var seconds in (int[])[5, 15])
        {
            await MakeAsync(kinora.Http, seconds);
            report.Row($"after a {seconds} s clip of 1280x720 with sound", Number(kinora.PeakBytes() / 1e6, "0"), Number((kinora.PeakBytes() - idle) / 1e6, "0"), "400");
        }
    }

    private static async Task MakeAsync(HttpClient http, int seconds)
    {
        var photo = Convert.ToBase64String(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "photos", "dandelion.jpg")));
        using var answer = await http.PostAsJsonAsync("/queue/fal-ai/kling-video/v3/standard/image-to-video", new JsonObject
        {
            ["prompt"] = "Camera slowly orbits around the flower.",
            ["start_image_url"] = "data:image/jpeg;base64," + photo,
            ["duration"] = $"{seconds}",
        });
        var id = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["request_id"]!.GetValue<string>();
        while ((await http.GetFromJsonAsync<JsonObject>(Requests + id + "/status"))!["status"]!.GetValue<string>() != "COMPLETED")
            await Task.Delay(100);
        (await http.GetAsync(Requests + id)).EnsureSuccessStatusCode();
    }
}
