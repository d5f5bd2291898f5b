using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinora.Cli.Tests;

/// <summary>Fronts and workers as processes of their own on one database.</summary>
public sealed class RolesTests : IAsyncLifetime
{
    private const string Endpoint = "fal-ai/kling-video/o3/standard/image-to-video";

    private readonly TemporaryDirectory _data = new();
    private string _database = "";

    public async ValueTask InitializeAsync() => _database = await SharedPostgres.CreateDatabaseAsync();

    public ValueTask DisposeAsync()
    {
        _data.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Any_front_answers_for_what_another_accepted_and_a_worker_ran()
    {
        await using var one = await StartFrontAsync();
        await using var two = await StartFrontAsync();
        await using var worker = await StartWorkerAsync("motion");

        string id = (await one.SubmitAsync(Endpoint, Input()))["request_id"]!.GetValue<string>();
        var status = await two.WaitUntilOverAsync(id, TimeSpan.FromSeconds(60));
        Assert.Null(status["error"]);
        using var result = await two.ResultAsync(id);
        var url = new Uri((await result.Content.ReadFromJsonAsync<JsonObject>())!["video"]!["url"]!.GetValue<string>());
        Assert.NotEmpty(await one.Http.GetByteArrayAsync(url.AbsolutePath));
        Assert.Contains("COMPLETED", await one.Http.GetStringAsync($"/queue/fal-ai/kling-video/requests/{id}/status/stream"), StringComparison.Ordinal);

        // A synchronous run waits at its front for a job that the worker runs.
        using var run = await two.Http.PostAsJsonAsync($"/{Endpoint}", Input());
        Assert.Equal(HttpStatusCode.OK, run.StatusCode);
        Assert.NotNull((await run.Content.ReadFromJsonAsync<JsonObject>())!["video"]);
    }

    [Fact]
    public async Task Requests_wait_for_a_worker_that_has_their_engine_and_for_the_end_of_a_pause()
    {
        await using var front = await StartFrontAsync("--engine", "ltx");
        await using var other = await StartFrontAsync("--paused");
        await using var worker = await StartWorkerAsync("motion");
        string neural = (await front.SubmitAsync(Endpoint, Input()))["request_id"]!.GetValue<string>();
        string motion = (await other.SubmitAsync(Endpoint, Input()))["request_id"]!.GetValue<string>();

        Assert.Contains("paused", (await KinoraProcess.RunAsync("queue", "show", "--database", _database)).Output, StringComparison.Ordinal);
        Assert.Equal("IN_QUEUE", (await other.StatusAsync(motion))["status"]!.GetValue<string>());
        Assert.Equal(0, (await KinoraProcess.RunAsync("queue", "resume", "--database", _database)).ExitCode);
        await other.WaitUntilOverAsync(motion, TimeSpan.FromSeconds(60));
        Assert.Equal("IN_QUEUE", (await front.StatusAsync(neural))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Keys_made_on_the_database_open_every_front()
    {
        await using var front = await StartFrontAsync();
        string key = (await KinoraProcess.RunAsync("keys", "create", "--name", "ci", "--database", _database)).Output.Trim();

        using var without = await front.Http.PostAsJsonAsync($"/queue/{Endpoint}", Input());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/queue/{Endpoint}") { Content = JsonContent.Create(Input()) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Key {key}");
        using var with = await front.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
    }

    [Fact]
    public async Task What_is_wrong_at_the_start_is_told_in_one_line()
    {
        var engine = await KinoraProcess.RunAsync("worker", "--engines", "dreams", "--database", _database, "--data", _data.Path);
        Assert.Equal(1, engine.ExitCode);
        Assert.Contains("There is no engine dreams here", engine.Errors, StringComparison.Ordinal);

        var database = await KinoraProcess.RunAsync("worker", "--database", "postgres://kinora:secret@127.0.0.1:1/none", "--data", _data.Path);
        Assert.Equal(1, database.ExitCode);
        Assert.Contains("could not be opened", database.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", database.Errors, StringComparison.Ordinal);
    }

    private Task<ServerProcess> StartFrontAsync(params string[] options) =>
        ServerProcess.StartAsync(_data.Path, ["--database", _database, "--slots", "0", .. options]);

    private Task<LastingProcess> StartWorkerAsync(string engines) =>
        WorkerProcess.StartAsync("--database", _database, "--data", _data.Path, "--engines", engines, "--instant");

    private static JsonObject Input() => new() { ["prompt"] = "A slow push in.", ["image_url"] = "https://pictures.example/a.png", ["duration"] = "3" };
}
