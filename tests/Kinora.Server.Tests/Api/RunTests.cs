using System.Text.Json.Nodes;
using Kinora.Jobs;
using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary>Synchronous runs: <c>POST /{endpoint}</c> and <c>POST /{endpoint}/stream</c>.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task A_run_waits_and_answers_with_the_bare_output()
    {
        await using var server = await StartAsync();
        var running = server.SendAsync("POST", "/" + Turbo, GoodInput);
        var job = await server.ClaimAsync();
        await server.CompleteAsync(job);
        var answer = await running;

        Assert.Equal((200, "application/json"), (answer.Code, answer.ContentType));
        Assert.Equal($"http://{server.Authority}/files/b/0123/out.mp4", answer.Json["video"]!["url"]!.GetValue<string>());
        Assert.Equal((job.Id.ToString(), "5"), (answer.RequestId, answer.Header("x-fal-billable-units")));
        Assert.Equal(1, job.MaxAttempts);
    }

    [Theory]
    [InlineData("not json", "json_invalid")]
    [InlineData("", "missing")]
    [InlineData("null", "missing")]
    [InlineData("[]", null)]
    [InlineData("""{"image_url":5}""", null)]
    [InlineData("""{"prompt":"\ud800","image_url":"https://example.org/a.png"}""", null)]
    public async Task Rule_19_a_bad_input_is_422_at_once_and_leaves_no_job(string body, string? type)
    {
        await using var server = await StartAsync();
        foreach (var path in new[] { "/" + Turbo, $"/{Turbo}/stream" })
        {
            var answer = await server.SendAsync("POST", path, body);
            Assert.Equal((422, "application/json"), (answer.Code, answer.ContentType));
            var detail = answer.Json["detail"]!.AsArray();
            Assert.NotEmpty(detail);
            Assert.All(detail, item => Assert.NotNull(item!["loc"]));
            if (type is not null) Assert.Equal(type, detail[0]!["type"]!.GetValue<string>());
            Assert.Equal(("false", "0"), (answer.Header("X-Fal-Retryable"), answer.Header("x-fal-billable-units")));
        }

        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task Json_nested_100_000_levels_deep_is_422()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", "/" + Turbo, new string('[', 100_000) + new string(']', 100_000));
        Assert.Equal((422, "json_invalid"), (answer.Code, answer.Json["detail"]![0]!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_failure_has_its_own_status_code()
    {
        await using var server = await StartAsync();
        foreach (var path in new[] { "/" + Turbo, $"/{Turbo}/stream" })
        {
            var running = server.SendAsync("POST", path, GoodInput);
            await server.FailAsync(await server.ClaimAsync(), new JobFailure(JobFailureKind.InvalidInput, "m", false, """[{"loc":["body"],"msg":"m","type":"image_too_small"}]"""));
            var answer = await running;
            Assert.Equal((422, "image_too_small"), (answer.Code, answer.Json["detail"]![0]!["type"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task A_hang_up_cancels_the_job()
    {
        await using var server = await StartAsync();
        using var impatience = new CancellationTokenSource();
        using var request = CreateRequest("POST", "/" + Turbo, new StringContent(GoodInput));
        var sending = server.Client.SendAsync(request, impatience.Token);
        var job = await server.ClaimAsync();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        await UntilAsync(async () => (await server.Jobs.FindStatusAsync(job.Id, CancellationToken.None))!.CancelRequested);
    }

    [Fact]
    public async Task A_stream_is_one_event_with_the_output()
    {
        await using var server = await StartAsync();
        var running = server.SendAsync("POST", $"/{Turbo}/stream", GoodInput, ("Accept", "text/event-stream"));
        var job = await server.ClaimAsync();
        await server.CompleteAsync(job);
        var answer = await running;

        Assert.Equal(200, answer.Code);
        Assert.StartsWith("text/event-stream", answer.ContentType, StringComparison.Ordinal);
        Assert.StartsWith("data: {", answer.Body, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", answer.Body, StringComparison.Ordinal);
        Assert.Equal(42, JsonNode.Parse(answer.Body[6..])!["seed"]!.GetValue<int>());
        Assert.Equal(job.Id.ToString(), answer.RequestId);
    }

    [Fact]
    public async Task A_repeated_run_with_the_same_idempotency_key_waits_for_the_first_ones_job()
    {
        await using var server = await StartAsync();
        var first = server.SendAsync("POST", "/" + Turbo, GoodInput, ("Idempotency-Key", "k"));
        var job = await server.ClaimAsync();
        var second = server.SendAsync("POST", "/" + Turbo, GoodInput, ("Idempotency-Key", "k"));
        await server.CompleteAsync(job);

        Assert.Equal((await first).Body, (await second).Body);
        Assert.Equal((await first).RequestId, (await second).RequestId);
        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_stopping_server_lets_a_running_job_finish_and_turns_a_waiting_one_away()
    {
        await using var server = await StartAsync();
        var running = server.SendAsync("POST", "/" + Turbo, GoodInput);
        var job = await server.ClaimAsync();
        var waiting = server.SendAsync("POST", "/" + Turbo, GoodInput);
        await UntilAsync(async () => await server.Jobs.CountQueuedAsync(null, CancellationToken.None) == 1);
        var stopping = server.StopAsync();

        Assert.Equal(503, (await waiting).Code);
        await server.CompleteAsync(job);
        Assert.Equal(200, (await running).Code);
        await stopping;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not happen in time.");
            await Task.Delay(5);
        }
    }
}
