using System.Text.Json.Nodes;
using Kinora.Jobs;
using Kinora.Server.Api;
using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary><c>GET …/status/stream</c>.</summary>
public sealed class StatusStreamTests
{
    [Fact]
    public async Task The_stream_tells_every_change_and_ends_after_completed()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await using var events = await EventReader.OpenAsync(server, id, "?logs=1");
        Assert.Equal("text/event-stream; charset=utf-8", events.ContentType);
        Assert.Equal("no-cache", events.CacheControl);
        Assert.Equal(id.ToString(), events.RequestId);

        Assert.Equal("IN_QUEUE", (await events.NextAsync())!["status"]!.GetValue<string>());
        var job = await server.ClaimAsync();
        Assert.Equal("IN_PROGRESS", (await events.NextAsync())!["status"]!.GetValue<string>());
        await server.CompleteAsync(job);
        var last = await events.NextAsync();
        Assert.Equal("COMPLETED", last!["status"]!.GetValue<string>());
        Assert.Equal($"http://{server.Authority}/queue/{Application}/requests/{id}", last["response_url"]!.GetValue<string>());
        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public async Task Each_event_has_only_the_log_lines_that_are_new()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        var job = await server.ClaimAsync();
        await server.LogAsync(job, "one", "two");
        await using var events = await EventReader.OpenAsync(server, id, "?logs=1");

        Assert.Equal(["one", "two"], Lines(await events.NextAsync()));
        await server.LogAsync(job, "three");
        Assert.Equal(["three"], Lines(await events.NextAsync()));
        await server.CompleteAsync(job);
        Assert.Empty(Lines(await events.NextAsync()));
    }

    [Fact]
    public async Task Logs_are_null_when_they_were_not_asked_for()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await using var events = await EventReader.OpenAsync(server, id, "");
        var first = (await events.NextAsync())!.AsObject();
        Assert.True(first.ContainsKey("logs"));
        Assert.Null(first["logs"]);
    }

    [Fact]
    public async Task A_finished_request_is_one_event()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.FailAsync(await server.ClaimAsync(), new JobFailure(JobFailureKind.EngineFault, "m", false));
        await using var events = await EventReader.OpenAsync(server, id, "");
        Assert.Equal("Invalid status code: 500", (await events.NextAsync())!["error"]!.GetValue<string>());
        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public async Task A_waiting_request_moves_up_before_the_watchers_eyes()
    {
        await using var server = await StartAsync();
        var ahead = await server.SubmitAsync();
        var id = await server.SubmitAsync();
        await using var events = await EventReader.OpenAsync(server, id, "");
        Assert.Equal(1, (await events.NextAsync())!["queue_position"]!.GetValue<int>());
        Assert.Equal(ahead, (await server.ClaimAsync()).Id);
        Assert.Equal(0, (await events.NextAsync())!["queue_position"]!.GetValue<int>());
    }

    [Fact]
    public async Task Silence_is_broken_by_comments()
    {
        await using var server = await StartAsync(options => options.StreamHeartbeat = TimeSpan.FromMilliseconds(30));
        var id = await server.SubmitAsync();
        await server.ClaimAsync();
        await using var events = await EventReader.OpenAsync(server, id, "");
        await events.NextAsync();
        Assert.Equal(": ping", await events.NextLineAsync());
    }

    [Fact]
    public async Task More_streams_than_allowed_are_429_and_a_closed_one_makes_room()
    {
        await using var server = await StartAsync(options => options.MaxOpenStreams = 1);
        var id = await server.SubmitAsync();
        var path = $"/queue/{Application}/requests/{id}/status/stream";
        await using (var events = await EventReader.OpenAsync(server, id, ""))
        {
            await events.NextAsync();
            Assert.Equal(429, (await server.SendAsync("GET", path)).Code);
        }

        await server.Jobs.RequestCancelAsync(id, CancellationToken.None);
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while ((await server.SendAsync("GET", path)).Code != 200) Assert.True(DateTime.UtcNow < deadline, "The slot was not given back.");
    }

    [Fact]
    public async Task A_stopping_server_ends_its_streams()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await using var events = await EventReader.OpenAsync(server, id, "");
        await events.NextAsync();
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public void The_heartbeat_can_not_be_longer_than_15_seconds() =>
        Assert.Contains("StreamHeartbeat", Assert.Single(new ApiOptions { StreamHeartbeat = TimeSpan.FromSeconds(16) }.Check()), StringComparison.Ordinal);

    private static string[] Lines(JsonNode? status) => [.. status!["logs"]!.AsArray().Select(line => line!["message"]!.GetValue<string>())];
}
