using System.Text.Json.Nodes;
using static Kinora.Client.Tests.Replies;

namespace Kinora.Client.Tests;

/// <summary>What is sent again, and what never is.</summary>
public sealed class WireConnectionTests
{
    private static readonly Loopback.Answer s_gateway = new(502, "<html>nginx</html>", "text/html");
    private static readonly Loopback.Answer s_busy = new(429, """{"detail":"Too many requests"}""");

    [Fact]
    public async Task A_status_is_asked_for_again_after_a_gateway_error_a_429_or_a_broken_connection()
    {
        await using var server = new Loopback(InTurn(s_gateway, s_busy, Loopback.Answer.Broken, Completed()));

        await server.Client().Queue.GetStatusAsync(Endpoint, "r1");
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task After_the_last_attempt_the_error_comes_through()
    {
        await using var server = new Loopback(_ => s_gateway);

        var failure = await Assert.ThrowsAsync<KinoraApiException>(() => server.Client(options => options with { MaxAttempts = 3 }).Queue.GetStatusAsync(Endpoint, "r1"));
        Assert.Equal("HTTP 502 Bad Gateway: <html>nginx</html>", failure.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(500)]
    public async Task An_answer_that_will_not_change_is_not_asked_for_again(int code)
    {
        await using var server = new Loopback(_ => new Loopback.Answer(code, """{"detail":"No"}"""));

        await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().Queue.GetResultAsync(Endpoint, "r1"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_503_with_a_request_id_is_the_requests_own_fate_and_final()
    {
        await using var server = new Loopback(_ => new Loopback.Answer(503, """{"detail":"No runner"}""") { Headers = new Dictionary<string, string> { ["x-fal-request-id"] = "r1" } });

        await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().Queue.GetResultAsync(Endpoint, "r1"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_submit_is_repeated_with_the_same_idempotency_key_where_the_server_replays_it()
    {
        await using var server = new Loopback(InTurn(Loopback.Answer.Broken, s_gateway, Queued));

        await server.Client().Queue.SubmitAsync(Endpoint, new JsonObject());

        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Header("Idempotency-Key")).Distinct());
    }

    [Fact]
    public async Task A_submit_is_never_repeated_where_that_could_start_the_work_twice()
    {
        await using var server = new Loopback(InTurn(s_busy, Queued));

        await Assert.ThrowsAsync<KinoraApiException>(() => server.Client(options => options with { ReplaysSubmits = false }).Queue.SubmitAsync(Endpoint, new JsonObject()));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Two_submits_have_different_keys()
    {
        await using var server = new Loopback(_ => Queued);
        var queue = server.Client().Queue;

        await queue.SubmitAsync(Endpoint, new JsonObject());
        await queue.SubmitAsync(Endpoint, new JsonObject());

        Assert.Equal(2, server.Requests.Select(request => request.Header("Idempotency-Key")).Distinct().Count());
    }

    [Fact]
    public async Task A_synchronous_run_is_never_repeated()
    {
        await using var server = new Loopback(InTurn(s_busy, Result));

        await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().RunAsync(Endpoint, new JsonObject()));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_network_error()
    {
        var server = new Loopback(_ => Queued);
        await server.DisposeAsync();
        using var http = new HttpClient();
        var client = new KinoraClient(http, KinoraClientOptions.ForServer(server.Address) with { RetryDelay = TimeSpan.Zero });

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Queue.GetStatusAsync(Endpoint, "r1"));
    }

    [Fact]
    public async Task Without_a_key_none_is_sent()
    {
        await using var server = new Loopback(_ => Queued);

        await server.Client(options => options with { Key = null }).Queue.SubmitAsync(Endpoint, new JsonObject());
        Assert.Null(Assert.Single(server.Requests).Header("Authorization"));
    }

    private static Func<Loopback.Asked, Loopback.Answer> InTurn(params Loopback.Answer[] answers)
    {
        var next = 0;
        return _ => answers[Math.Min(next++, answers.Length - 1)];
    }
}
