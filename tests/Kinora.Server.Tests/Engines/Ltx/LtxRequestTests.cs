using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinora.Media;

namespace Kinora.Server.Tests.Engines.Ltx;

/// <summary>Whole requests through the HTTP interface on the neural engine, with a tiny model of random weights.</summary>
public sealed class LtxRequestTests(TinyLtxModel model) : IClassFixture<TinyLtxModel>, IDisposable
{
    private const string Endpoint = "fal-ai/kling-video/v3/standard/image-to-video";

    private readonly ScratchDirectory _data = ScratchDirectory.Create();
    private readonly string _picture = "data:image/jpeg;base64," + Convert.ToBase64String(File.ReadAllBytes(SamplePhotos.PathOf("astronaut.jpg")));

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_request_is_made_with_progress_previews_and_a_clip_of_the_right_length_and_size()
    {
        await using var server = await StartAsync("128x128");
        using var http = ClientOf(server);

        var id = await SubmitAsync(http, "3");
        var (status, hasPreview) = await WaitAsync(http, id, TimeSpan.FromSeconds(60));

        Assert.Null(status["error"]);
        Assert.True(hasPreview, "There was nothing to look at while the clip was made.");
        var lines = status["logs"]!.AsArray().Select(line => line!["message"]!.GetValue<string>()).ToList();
        Assert.Contains("step 8 of 8", lines);
        Assert.Contains(lines, line => line.Contains("makes no sound", StringComparison.Ordinal));
        using var workshop = await ClipWorkshop.OpenAsync();
        var result = (await http.GetFromJsonAsync<JsonObject>($"/queue/fal-ai/kling-video/requests/{id}"))!;
        await File.WriteAllBytesAsync(workshop.PathOf("clip.mp4"), await http.GetByteArrayAsync(result["video"]!["url"]!.GetValue<string>()));
        var info = await workshop.ProbeAsync(workshop.PathOf("clip.mp4"));
        Assert.Equal((72, true), (info.FrameCount, info.Audio is not null));
        Assert.Equal((960, 960), (info.Width, info.Height));
    }

    [Fact]
    public async Task A_request_that_is_cancelled_while_the_model_works_stops_soon()
    {
        await using var server = await StartAsync("512x512");
        using var http = ClientOf(server);
        var id = await SubmitAsync(http, "15");
        await WaitForAsync(http, id, lines => lines.Contains("step 1 of 8"), TimeSpan.FromSeconds(60));

        using var cancel = await http.PutAsync($"/queue/fal-ai/kling-video/requests/{id}/cancel", content: null);
        Assert.Equal(HttpStatusCode.Accepted, cancel.StatusCode);
        var (status, _) = await WaitAsync(http, id, TimeSpan.FromSeconds(30));

        Assert.DoesNotContain("step 8 of 8", status["logs"]!.AsArray().Select(line => line!["message"]!.GetValue<string>()));
        using var result = await http.GetAsync($"/queue/fal-ai/kling-video/requests/{id}");
        Assert.False(result.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Broken_weights_fail_the_request_with_a_reason_and_mended_ones_serve_the_next()
    {
        await using var server = await StartAsync("64x64");
        using var http = ClientOf(server);
        await BreakAsync();
        try
        {
            var id = await SubmitAsync(http, "3");
            await WaitAsync(http, id, TimeSpan.FromSeconds(30));
            using var result = await http.GetAsync($"/queue/fal-ai/kling-video/requests/{id}");
            Assert.False(result.IsSuccessStatusCode);
            Assert.Contains(TinyLtxModel.Name, await result.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            await model.WriteAsync();
        }

        var (status, _) = await WaitAsync(http, await SubmitAsync(http, "3"), TimeSpan.FromSeconds(60));
        Assert.Null(status["error"]);
    }

    [Fact]
    public async Task A_server_whose_requests_need_a_missing_model_does_not_start_and_says_what_to_pull()
    {
        var options = Options("64x64");
        options.Ltx.Model = "ltxv-2b-0.9.8-distilled";

        var problem = await Assert.ThrowsAsync<ServerStartException>(() => KinoraServer.StartAsync(options, CancellationToken.None));

        Assert.Contains("kinora models pull ltxv-2b-0.9.8-distilled", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_can_have_an_engine_of_its_own()
    {
        var options = Options("64x64");
        options.Engine = "motion";
        options.EndpointEngines[Endpoint] = "ltx";
        await using var server = await KinoraServer.StartAsync(options, CancellationToken.None);
        using var http = ClientOf(server);

        var (neural, _) = await WaitAsync(http, await SubmitAsync(http, "3"), TimeSpan.FromSeconds(60));
        var (plain, _) = await WaitAsync(http, await SubmitAsync(http, "3", "fal-ai/kling-video/v3/pro/image-to-video"), TimeSpan.FromSeconds(60));

        Assert.Contains("step 8 of 8", neural["logs"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("step 8 of 8", plain["logs"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private KinoraServerOptions Options(string size)
    {
        var options = new KinoraServerOptions { Url = "http://127.0.0.1:0", DataDirectory = _data.FullPath, GraceSeconds = 0, Engine = "ltx" };
        (options.Ltx.Models, options.Ltx.Model, options.Ltx.Size) = (model.Folder, TinyLtxModel.Name, size);
        return options;
    }

    private Task<KinoraServer> StartAsync(string size) => KinoraServer.StartAsync(Options(size), CancellationToken.None);

    private async Task BreakAsync()
    {
        await using var file = File.OpenWrite(model.CheckpointPath);
        await file.WriteAsync(new byte[64]);
    }

    private static HttpClient ClientOf(KinoraServer server) => new() { BaseAddress = new Uri(server.Address) };

    private async Task<string> SubmitAsync(HttpClient http, string seconds, string endpoint = Endpoint)
    {
        using var answer = await http.PostAsJsonAsync($"/queue/{endpoint}", new JsonObject { ["prompt"] = "She turns her head.", ["start_image_url"] = _picture, ["duration"] = seconds });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["request_id"]!.GetValue<string>();
    }

    private static async Task<(JsonObject Status, bool HasPreview)> WaitAsync(HttpClient http, string id, TimeSpan atMost)
    {
        var hasPreview = false;
        var status = await PollAsync(http, id, atMost, async status =>
        {
            if (!hasPreview)
            {
                using var preview = await http.GetAsync($"/v1/kinora/requests/{id}/preview");
                hasPreview = preview.StatusCode == HttpStatusCode.OK && (await preview.Content.ReadAsByteArrayAsync()) is [0xFF, 0xD8, ..];
            }

            return status["status"]!.GetValue<string>() == "COMPLETED";
        });
        return (status, hasPreview);
    }

    private static Task<JsonObject> WaitForAsync(HttpClient http, string id, Predicate<IReadOnlyList<string>> condition, TimeSpan atMost) =>
        PollAsync(http, id, atMost, status => Task.FromResult(condition([.. (status["logs"]?.AsArray() ?? []).Select(line => line!["message"]!.GetValue<string>())])));

    private static async Task<JsonObject> PollAsync(HttpClient http, string id, TimeSpan atMost, Func<JsonObject, Task<bool>> isDone)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = (await http.GetFromJsonAsync<JsonObject>($"/queue/fal-ai/kling-video/requests/{id}/status?logs=1"))!;
            if (await isDone(status))
                return status;
            if (TimeProvider.System.GetElapsedTime(start) > atMost)
                throw new TimeoutException($"After {atMost}: {status.ToJsonString()}");
            await Task.Delay(50);
        }
    }
}
