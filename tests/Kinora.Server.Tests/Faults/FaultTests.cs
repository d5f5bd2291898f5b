using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinora.Media;
using Kinora.Media.Ffmpeg;
using Kinora.Server.Tests.Api;
using Kinora.Server.Tests.Webhooks;

namespace Kinora.Server.Tests.Faults;

/// <summary>Every state and every retry path of the protocol, on demand.</summary>
public sealed class FaultTests(FaultyServer server) : IClassFixture<FaultyServer>
{
    [Theory]
    [InlineData("""{"image_url":"https://nowhere.invalid/a.png","duration":"3"}""", 3, false)]
    [InlineData("""{"image_url":"https://nowhere.invalid/a.png","duration":"15","generate_audio":true}""", 15, true)]
    public async Task Instant_is_a_valid_clip_of_the_length_that_was_asked_for(string input, int seconds, bool audio)
    {
        var submitted = await server.SendAsync("POST", $"/queue/{FaultyServer.Endpoint}", input, ("x-kinora-fault", "instant"));
        var path = "/queue/fal-ai/kling-video/requests/" + submitted.Json["request_id"]!.GetValue<string>();
        Assert.Null((await server.WaitUntilOverAsync(path))["error"]);
        var result = await server.SendAsync("GET", path);
        Assert.Equal((200, $"{seconds}"), (result.Code, result.Header("X-Fal-Billable-Units")));

        using var folder = ScratchDirectory.Create();
        await File.WriteAllBytesAsync(folder.PathOf("a.mp4"), await server.Http.GetByteArrayAsync(result.Json["video"]!["url"]!.GetValue<string>()));
        var info = await new VideoProbe(await FfmpegInstallation.FindAsync(null, CancellationToken.None)).ProbeAsync(folder.PathOf("a.mp4"), CancellationToken.None);
        Assert.Equal(seconds, info.Duration.TotalSeconds, 0.05);
        Assert.Equal(audio, info.Audio is not null);
    }

    [Fact]
    public async Task A_second_instant_clip_takes_milliseconds()
    {
        await server.WaitUntilOverAsync(await server.SubmitAsync("instant"));
        var watch = Stopwatch.StartNew();
        var status = await server.WaitUntilOverAsync(await server.SubmitAsync("instant"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
        Assert.InRange(status["metrics"]!["inference_time"]!.GetValue<double>(), 0, 1);
    }

    [Theory]
    [InlineData("instant, runner_crash", null)]
    [InlineData("instant, runner_crashx2", null)]
    [InlineData("instant, runner_crashx3", "runner_disconnected")]
    [InlineData("instant, fail=runner_disconnectedx1", null)]
    [InlineData("instant, fail=internal_error", "internal_error")]
    public async Task A_lost_attempt_is_made_again_while_attempts_are_left(string faults, string? errorType)
    {
        var status = await server.WaitUntilOverAsync(await server.SubmitAsync(faults));
        Assert.Equal(errorType, status["error_type"]?.GetValue<string>());
    }

    [Fact]
    public async Task Calls_fail_as_often_as_was_asked_and_then_work()
    {
        var path = await server.SubmitAsync("instant, status=503x2, result=500, cancel=504");
        Assert.Equal((503, "runner_scheduling_failure"), await ReadErrorAsync("GET", path + "/status"));
        Assert.Equal((503, "runner_scheduling_failure"), await ReadErrorAsync("GET", path + "/status?logs=1"));
        await server.WaitUntilOverAsync(path);
        Assert.Equal((500, "internal_error"), await ReadErrorAsync("GET", path));
        Assert.Equal(200, (await server.SendAsync("GET", path)).Code);
        Assert.Equal((504, "request_timeout"), await ReadErrorAsync("PUT", path + "/cancel"));
        Assert.Equal("ALREADY_COMPLETED", (await server.SendAsync("PUT", path + "/cancel")).Json["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_submit_fails_as_often_as_was_asked_stores_nothing_and_then_works()
    {
        for (var round = 0; round < 2; round++)
        {
            var first = await server.TrySubmitAsync("instant, submit=429x2");
            Assert.Equal((429, "1"), (first.Code, first.Header("X-Fal-Needs-Retry")));
            Assert.Equal(429, (await server.TrySubmitAsync("instant, submit=429x2")).Code);
            Assert.Equal(200, (await server.TrySubmitAsync("instant, submit=429x2")).Code);
        }
    }

    [Fact]
    public async Task A_dropped_stream_breaks_after_one_event_and_the_next_one_goes_on()
    {
        var path = await server.SubmitAsync("instant, queue=1s, drop_stream");
        Assert.Single(await ReadEventsAsync(path));
        Assert.Contains("COMPLETED", (await ReadEventsAsync(path))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_keeps_a_request_waiting_so_that_its_start_timeout_can_run_out()
    {
        var waiting = await server.SubmitAsync("instant, queue=700ms");
        Assert.Equal("IN_QUEUE", FaultyServer.StateOf((await server.SendAsync("GET", waiting + "/status")).Json));
        var late = await server.SubmitAsync("instant, queue=30s", "", ("X-Fal-Request-Start-Timeout", "0.2"));
        await server.WaitUntilOverAsync(late);
        var result = await server.SendAsync("GET", late);
        Assert.Equal((504, "user"), (result.Code, result.Header("X-Fal-Request-Timeout-Type")));
        Assert.Null((await server.WaitUntilOverAsync(waiting))["error"]);
    }

    [Fact]
    public async Task Delay_keeps_a_request_in_progress_so_that_it_can_be_cancelled_there()
    {
        var path = await server.SubmitAsync("delay=60s");
        await server.WaitAsync(path, status => FaultyServer.StateOf(status) == "IN_PROGRESS");
        Assert.Equal(202, (await server.SendAsync("PUT", path + "/cancel")).Code);
        Assert.Equal("client_cancelled", (await server.WaitUntilOverAsync(path))["error_type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("webhook=duplicate", 2, 2)]
    [InlineData("webhook=delay:1s", 1, 2)]
    [InlineData("webhook=lose", 0, 1)]
    public async Task A_webhook_is_duplicated_delayed_or_lost(string fault, int received, int tries)
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        var path = await server.SubmitAsync("instant, " + fault, "?fal_webhook=" + Uri.EscapeDataString(receiver.Url()));
        var delivery = await WaitForDeliveryAsync(path.Split('/')[^1], tries);

        Assert.Equal(received == 0 ? "given_up" : "delivered", delivery["state"]!.GetValue<string>());
        Assert.Equal(received, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(request => Convert.ToBase64String(request.Body)).Append(receiver.Received.Count == 0 ? "" : Convert.ToBase64String(receiver.Received[0].Body)).Distinct());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_delivery_log_shows_nothing_of_requests_that_are_not_there(string method)
    {
        var path = $"/kinora/webhooks/{Guid.NewGuid()}" + (method == "POST" ? "/redeliver" : "");
        Assert.Equal(404, (await server.SendAsync(method, path)).Code);
    }

    [Fact]
    public async Task A_lost_webhook_is_sent_when_someone_asks_for_it()
    {
        await using var receiver = Receiver.Answering("HTTP/1.1 200 OK");
        var id = (await server.SubmitAsync("instant, webhook=lose", "?fal_webhook=" + Uri.EscapeDataString(receiver.Url()))).Split('/')[^1];
        await WaitForDeliveryAsync(id, 1);

        Assert.Equal(202, (await server.SendAsync("POST", $"/kinora/webhooks/{id}/redeliver")).Code);

        Assert.Equal("delivered", (await WaitForDeliveryAsync(id, 2))["state"]!.GetValue<string>());
        var list = await server.SendAsync("GET", "/kinora/webhooks?state=delivered&limit=1000");
        Assert.Contains(id, list.Body, StringComparison.Ordinal);
        Assert.Equal(400, (await server.SendAsync("GET", "/kinora/webhooks?state=lost")).Code);
        Assert.Equal(400, (await server.SendAsync("GET", "/kinora/webhooks?limit=0")).Code);
    }

    [Fact]
    public async Task A_malformed_plan_is_a_400_that_says_what_there_is()
    {
        var answer = await server.TrySubmitAsync("fail=bad_luck");
        Assert.Equal((400, "bad_request"), (answer.Code, answer.Header("X-Fal-Error-Type")));
        Assert.Contains("content_policy_violation", answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_are_refused_where_they_are_not_enabled()
    {
        await using var plain = await ApiServer.StartAsync();
        var answer = await plain.SendAsync("POST", $"/queue/{ApiServer.Turbo}", ApiServer.GoodInput, ("x-kinora-fault", "instant"));
        Assert.Equal(400, answer.Code);
        Assert.Contains("--faults", answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, await plain.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    private async Task<(int, string?)> ReadErrorAsync(string method, string path)
    {
        var answer = await server.SendAsync(method, path);
        Assert.Equal(path.Split('/')[5], answer.RequestId);
        return (answer.Code, answer.Json["error_type"]?.GetValue<string>());
    }

    private async Task<List<string>> ReadEventsAsync(string path)
    {
        var events = new List<string>();
        try
        {
            using var reader = new StreamReader(await server.Http.GetStreamAsync(path + "/status/stream"));
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal)) events.Add(line);
            }
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // The break is what the fault is about.
        }

        return events;
    }

    private async Task<JsonNode> WaitForDeliveryAsync(string id, int tries)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            var delivery = (await server.SendAsync("GET", $"/kinora/webhooks/{id}")).Json;
            if (delivery["log"]!.AsArray().Count >= tries && delivery["state"]!.GetValue<string>() is "delivered" or "given_up") return delivery;
            Assert.True(DateTime.UtcNow < deadline, $"It is still {delivery.ToJsonString()}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
