using System.Text.Json.Nodes;
using Kinora.Client.Contracts;
using static Kinora.Client.Tests.Replies;

namespace Kinora.Client.Tests;

public sealed class KinoraClientTests
{
    private static readonly KlingV3StandardInput s_input = new() { Prompt = "Go", StartImageUrl = "https://example.org/a.png" };

    [Fact]
    public async Task A_run_posts_to_the_endpoint_and_answers_with_the_output()
    {
        await using var server = new Loopback(_ => Result);

        var output = await server.Client().RunAsync(s_input);

        Assert.Equal("out.mp4", output.Video.FileName);
        var request = Assert.Single(server.Requests);
        Assert.Equal($"POST /{Endpoint}", request.ToString());
        Assert.Equal("Key id:secret", request.Header("Authorization"));
    }

    [Fact]
    public async Task Subscribing_submits_polls_until_completed_and_fetches_the_result()
    {
        await using var server = new Loopback(Life(Queued, Running(), Completed()));

        var output = await server.Client().SubscribeAsync(s_input);

        Assert.Equal(42, output.Seed);
        Assert.Equal(
            [
                $"POST /queue/{Endpoint}",
                "GET /queue/fal-ai/kling-video/requests/r1/status?logs=0",
                "GET /queue/fal-ai/kling-video/requests/r1/status?logs=0",
                "GET /queue/fal-ai/kling-video/requests/r1/status?logs=0",
                "GET /queue/fal-ai/kling-video/requests/r1",
            ],
            server.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task Updates_come_in_order_and_bring_each_log_line_once()
    {
        await using var server = new Loopback(Life(Running("one"), Running("one", "two"), Completed("one", "two", "three")));
        var updates = new List<QueueStatus>();

        await server.Client().SubscribeAsync(s_input, new SubscribeOptions { WithLogs = true, OnUpdate = updates.Add });

        Assert.Equal([QueueState.InQueue, QueueState.InProgress, QueueState.InProgress, QueueState.Completed], updates.Select(update => update.Status));
        Assert.Equal(["one", "two", "three"], updates.SelectMany(update => update.Logs ?? []).Select(line => line.Message));
    }

    [Fact]
    public async Task A_request_that_is_put_back_and_starts_its_log_anew_is_heard_from_its_beginning()
    {
        await using var server = new Loopback(Life(Running("one", "two"), Running("again"), Completed("again", "done")));
        var lines = new List<string>();

        await server.Client().SubscribeAsync(s_input, new SubscribeOptions { WithLogs = true, OnUpdate = update => lines.AddRange((update.Logs ?? []).Select(line => line.Message)) });

        Assert.Equal(["one", "two", "again", "done"], lines);
    }

    [Fact]
    public async Task Subscribing_by_stream_listens_and_does_not_poll()
    {
        await using var server = new Loopback(request => request.Target.Contains("/stream") ? Stream(Running("one"), Completed("two")) : Life()(request));
        var lines = new List<string>();

        await server.Client().SubscribeAsync(s_input, new SubscribeOptions
        {
            Streaming = true,
            WithLogs = true,
            OnUpdate = update => lines.AddRange((update.Logs ?? []).Select(line => line.Message)),
        });

        Assert.Equal(["one", "two"], lines);
        Assert.DoesNotContain(server.Requests, request => request.Target.Contains("/status?"));
    }

    [Fact]
    public async Task A_stream_that_ends_too_early_is_replaced_by_polling_without_saying_a_line_twice()
    {
        var life = Life(Completed("one", "two"));
        await using var server = new Loopback(request => request.Target.Contains("/stream") ? Stream(Running("one")) : life(request));
        var lines = new List<string>();

        var output = await server.Client().SubscribeAsync(s_input, new SubscribeOptions
        {
            Streaming = true,
            WithLogs = true,
            OnUpdate = update => lines.AddRange((update.Logs ?? []).Select(line => line.Message)),
        });

        Assert.Equal("out.mp4", output.Video.FileName);
        Assert.Equal(["one", "two"], lines);
    }

    [Fact]
    public async Task A_request_that_fails_throws_what_its_result_says()
    {
        var life = Life(Completed());
        await using var server = new Loopback(request => request.Target.EndsWith("/r1")
            ? new Loopback.Answer(422, """{"detail":[{"loc":["body","prompt"],"msg":"No","type":"value_error"}]}""")
            : life(request));

        await Assert.ThrowsAsync<KinoraValidationException>(() => server.Client().SubscribeAsync(s_input));
    }

    [Fact]
    public async Task Who_stops_waiting_cancels_the_request()
    {
        await using var server = new Loopback(Life(Running()));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Client().SubscribeAsync(
            s_input,
            new SubscribeOptions { OnUpdate = update => { if (update.Status == QueueState.InProgress) { stop.Cancel(); } } },
            stop.Token));

        Assert.Equal("PUT /queue/fal-ai/kling-video/requests/r1/cancel", server.Requests.Last().ToString());
    }

    [Fact]
    public async Task Who_stops_waiting_for_a_server_that_is_gone_is_not_kept()
    {
        await using var server = new Loopback(request => request.Method == "PUT" ? Loopback.Answer.Broken : Life(Running())(request));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Client().SubscribeAsync(
            Endpoint,
            new JsonObject(),
            new SubscribeOptions { OnUpdate = update => { if (update.Status == QueueState.InProgress) { stop.Cancel(); } } },
            stop.Token));
    }
}
