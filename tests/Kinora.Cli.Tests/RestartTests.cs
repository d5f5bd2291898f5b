using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinora.Cli.Tests;

/// <summary>What was acknowledged survives the server's death.</summary>
public sealed class RestartTests
{
    private const string Endpoint = "fal-ai/kling-video/o3/standard/image-to-video";

    [Fact]
    public async Task After_kill_9_with_one_job_running_and_ten_queued_all_eleven_complete_once()
    {
        using var data = new TemporaryDirectory();
        var ids = new List<string>();
        await using (var doomed = await ServerProcess.StartAsync(data.Path))
        {
            for (var job = 0; job < 11; job++)
                ids.Add((await doomed.SubmitAsync(Endpoint, Input(seed: job)))["request_id"]!.GetValue<string>());
            await doomed.WaitUntilAsync(ids[0], status => status["status"]!.GetValue<string>() != "IN_QUEUE", TimeSpan.FromSeconds(60));
            await doomed.KillAsync();
        }

        await using var server = await ServerProcess.StartAsync(data.Path, "--lease", "5");
        var files = new HashSet<string>();
        foreach (var id in ids)
        {
            var status = await server.WaitUntilOverAsync(id, TimeSpan.FromMinutes(4));
            Assert.Null(status["error"]);
            using var result = await server.ResultAsync(id);
            Assert.Equal(HttpStatusCode.OK, result.StatusCode);
            var video = (await result.Content.ReadFromJsonAsync<JsonObject>())!["video"]!;
            Assert.True(files.Add(video["url"]!.GetValue<string>()), "Two jobs share one file.");
            var bytes = await server.Http.GetByteArrayAsync(video["url"]!.GetValue<string>());
            Assert.Equal(video["file_size"]!.GetValue<long>(), bytes.Length);
        }

        var stored = Directory.GetFiles(data.File("blobs/files"), "*.mp4", SearchOption.AllDirectories);
        Assert.Equal(ids.Count, stored.Length);
    }

    [Fact]
    public async Task One_SIGTERM_stops_the_server_and_the_running_job_starts_again_later()
    {
        using var data = new TemporaryDirectory();
        string id;
        await using (var first = await ServerProcess.StartAsync(data.Path, "--grace", "0"))
        {
            id = (await first.SubmitAsync(Endpoint, Input(seed: 1, duration: "15")))["request_id"]!.GetValue<string>();
            await first.WaitUntilAsync(id, status => status["status"]!.GetValue<string>() == "IN_PROGRESS", TimeSpan.FromSeconds(60));
            Assert.Equal(0, await first.TerminateAsync(within: TimeSpan.FromSeconds(20)));
        }

        await using var second = await ServerProcess.StartAsync(data.Path);
        var status = await second.WaitUntilOverAsync(id, TimeSpan.FromMinutes(3));
        Assert.Null(status["error"]);
    }

    private static JsonObject Input(int seed, string duration = "3") => new()
    {
        ["prompt"] = "The camera slowly pushes in.",
        ["image_url"] = SamplePhotos.DataUri("coffee.jpg"),
        ["duration"] = duration,
        ["seed"] = seed,
    };
}
