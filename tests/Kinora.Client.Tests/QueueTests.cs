using System.Net;
using System.Text.Json.Nodes;
using Kinora.Client.Contracts;
using static Kinora.Client.Tests.Replies;

namespace Kinora.Client.Tests;

public sealed class QueueTests
{
    private static readonly JsonObject s_input = new() { ["prompt"] = "Ein Schwenk – 图", ["start_image_url"] = "https://example.org/a.png" };

    [Fact]
    public async Task A_submit_posts_the_bare_input_with_the_key()
    {
        await using var server = new Loopback(Life());

        var status = await server.Client().Queue.SubmitAsync(Endpoint, s_input);

        var request = Assert.Single(server.Requests);
        Assert.Equal($"POST /queue/{Endpoint}", request.ToString());
        Assert.True(JsonNode.DeepEquals(s_input, JsonNode.Parse(request.Body)));
        Assert.Equal("Key id:secret", request.Header("Authorization"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal("normal", request.Header("X-Fal-Queue-Priority"));
        Assert.NotEmpty(request.Header("Idempotency-Key")!);
        Assert.Null(request.Header("X-Fal-Request-Timeout"));
        Assert.Equal((QueueState.InQueue, "r1", 0), (status.Status, status.RequestId, status.QueuePosition));
    }

    [Fact]
    public async Task A_submit_can_say_priority_start_timeout_and_webhook()
    {
        await using var server = new Loopback(_ => Queued);

        await server.Client().Queue.SubmitAsync(Endpoint, s_input, new SubmitOptions
        {
            Priority = RequestPriority.Low,
            StartTimeout = TimeSpan.FromSeconds(1.5),
            Webhook = new Uri("https://me/hook?x=1&y=2"),
            IdempotencyKey = "order-7",
        });

        var request = Assert.Single(server.Requests);
        Assert.Equal($"/queue/{Endpoint}?fal_webhook=https%3A%2F%2Fme%2Fhook%3Fx%3D1%26y%3D2", request.Target);
        Assert.Equal(("low", "1.5", "order-7"), (request.Header("X-Fal-Queue-Priority"), request.Header("X-Fal-Request-Timeout"), request.Header("Idempotency-Key")));
    }

    [Fact]
    public async Task A_typed_input_knows_its_endpoint()
    {
        await using var server = new Loopback(_ => Queued);

        await server.Client().Queue.SubmitAsync(new KlingO3StandardInput { ImageUrl = "https://example.org/a.png", Duration = 7 });

        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /queue/fal-ai/kling-video/o3/standard/image-to-video", request.ToString());
        Assert.Equal("""{"image_url":"https://example.org/a.png","duration":"7"}""", request.Body);
    }

    [Fact]
    public async Task A_status_is_asked_for_under_the_application_and_not_under_the_endpoint()
    {
        await using var server = new Loopback(Life(Running("Reading the picture")));

        var status = await server.Client().Queue.GetStatusAsync(Endpoint, "r1", withLogs: true);

        Assert.Equal("GET /queue/fal-ai/kling-video/requests/r1/status?logs=1", Assert.Single(server.Requests).ToString());
        Assert.Equal(QueueState.InProgress, status.Status);
        Assert.Equal("Reading the picture", Assert.Single(status.Logs!).Message);
    }

    [Fact]
    public async Task A_status_stream_brings_every_event_and_ends_with_the_completed_one()
    {
        await using var server = new Loopback(_ => Stream(Queued, Running("one"), Completed("two"), Running("never read")));

        var statuses = await server.Client().Queue.StreamStatusAsync(Endpoint, "r1", withLogs: true).ToListAsync();

        Assert.Equal([QueueState.InQueue, QueueState.InProgress, QueueState.Completed], statuses.Select(status => status.Status));
        var request = Assert.Single(server.Requests);
        Assert.Equal("GET /queue/fal-ai/kling-video/requests/r1/status/stream?logs=1", request.ToString());
        Assert.Equal("text/event-stream", request.Header("Accept"));
    }

    [Fact]
    public async Task A_status_stream_that_says_something_else_is_an_error_with_a_reason()
    {
        await using var server = new Loopback(_ => new Loopback.Answer(200, "data: <html>\n\n", "text/event-stream"));

        var failure = await Assert.ThrowsAsync<KinoraApiException>(async () => await server.Client().Queue.StreamStatusAsync(Endpoint, "r1").ToListAsync());
        Assert.Contains("not what the protocol says", failure.Message);
    }

    [Fact]
    public async Task A_result_is_the_bare_output()
    {
        await using var server = new Loopback(Life());

        var output = await server.Client().Queue.GetResultAsync(Endpoint, "r1");

        Assert.Equal(new VideoFile { Url = "https://example.org/out.mp4", ContentType = "video/mp4", FileName = "out.mp4", FileSize = 7 }, output.Video);
        Assert.Equal(42, output.Seed);
    }

    [Theory]
    [InlineData(202, "CANCELLATION_REQUESTED", CancelState.CancellationRequested)]
    [InlineData(200, "OK", CancelState.Removed)]
    [InlineData(400, "ALREADY_COMPLETED", CancelState.AlreadyCompleted)]
    [InlineData(404, "NOT_FOUND", CancelState.NotFound)]
    public async Task A_cancel_is_a_put_without_a_body_and_always_has_an_answer(int code, string word, CancelState expected)
    {
        await using var server = new Loopback(_ => new Loopback.Answer(code, $$"""{"status":"{{word}}"}"""));

        Assert.Equal(expected, await server.Client().Queue.CancelAsync(Endpoint, "r1"));
        var request = Assert.Single(server.Requests);
        Assert.Equal("PUT /queue/fal-ai/kling-video/requests/r1/cancel", request.ToString());
        Assert.Equal("", request.Body);
    }

    [Fact]
    public async Task A_cancel_that_is_not_allowed_is_still_an_error()
    {
        await using var server = new Loopback(_ => new Loopback.Answer(401, """{"detail":"No user found for Key ID and Secret"}"""));

        var failure = await Assert.ThrowsAsync<KinoraApiException>(() => server.Client().Queue.CancelAsync(Endpoint, "r1"));
        Assert.Equal(HttpStatusCode.Unauthorized, failure.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kling-video")]
    [InlineData("fal-ai//image-to-video")]
    public async Task An_endpoint_id_without_owner_and_application_is_refused_before_anything_is_sent(string endpoint)
    {
        await using var server = new Loopback(_ => Queued);

        await Assert.ThrowsAsync<ArgumentException>(() => server.Client().Queue.SubmitAsync(endpoint, s_input));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Workflows_have_one_more_part_before_their_requests() =>
        Assert.Equal("workflows/me/mine/requests/r%2F1/status", EndpointPath.OfRequest("workflows/me/mine/step", "r/1", "/status"));
}
