using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Tests;

/// <summary>An unmodified Python program against the server, request by request.</summary>
public sealed class PythonClientWireTests(RunningServer server) : IClassFixture<RunningServer>, IDisposable
{
    private const string V3 = "fal-ai/kling-video/v3/standard/image-to-video";
    private const string Turbo = "fal-ai/kling-video/v3/turbo/standard/image-to-video";
    private const string O3 = "fal-ai/kling-video/o3/standard/image-to-video";

    private readonly PythonClient _python = new($"127.0.0.1:{server.HttpsPort}", $"127.0.0.1:{server.HttpsPort}/queue", server.HttpsPort, server.AuthorityPath);

    private JsonObject Input => new() { ["start_image_url"] = server.Picture.DeepClone(), ["prompt"] = "Slow dolly in.", ["duration"] = "3", ["multi_prompt"] = null };

    [Fact]
    public async Task Subscribe_polls_once_more_and_then_has_its_video()
    {
        // subscribe(with_logs=True, on_queue_update=…, start_timeout=30, priority="low", hint="h1")
        var handle = await _python.SubmitAsync(V3, Input, hint: "h1", priority: "low", startTimeout: 30);
        var updates = new List<PythonClient.Status>();
        await foreach (var update in _python.IterEventsAsync(handle, withLogs: true))
            updates.Add(update);
        var result = await _python.GetAsync(handle);

        await AssertPlaysAsync(result);
        var completed = Assert.IsType<PythonClient.Completed>(updates[^1]);
        Assert.Null(completed.Error);
        Assert.True(completed.Metrics?.GetProperty("inference_time").GetDouble() > 0);
        Assert.NotEmpty(completed.Logs.EnumerateArray());
        Assert.All(completed.Logs.EnumerateArray(), line => Assert.NotEqual("", line.GetProperty("message").GetString()));
        AssertWire(handle, updates.Count);
    }

    [Fact]
    public async Task Run_blocks_until_the_video_is_there()
    {
        var result = await _python.RunAsync(Turbo, new JsonObject { ["image_url"] = server.Picture.DeepClone(), ["duration"] = "3" });
        await AssertPlaysAsync(result);
        Assert.Equal(HttpStatusCode.OK, Assert.Single(_python.Exchanges).Status);
        Assert.True(_python.Exchanges[0].Headers.Contains("x-fal-request-id"));
    }

    [Fact]
    public async Task Stream_ends_with_the_video()
    {
        var events = new List<JsonElement>();
        await foreach (var output in _python.StreamAsync(O3, new JsonObject { ["image_url"] = server.Picture.DeepClone(), ["duration"] = "3", ["prompt"] = "Pan left." }))
            events.Add(output);
        await AssertPlaysAsync(events[^1]);
    }

    [Theory]
    [InlineData("127.0.0.1:{port}", "127.0.0.1:{port}/queue")]
    [InlineData("localhost:{port}", "queue.localhost:{port}")]
    [InlineData("localhost:{port}", "localhost:{port}/queue")]
    [InlineData("fal.run", "queue.fal.run")]
    public async Task A_handle_built_from_the_id_equals_the_one_that_submit_gave(string runHost, string queueHost)
    {
        using var python = new PythonClient(Here(runHost), Here(queueHost), server.HttpsPort, server.AuthorityPath);
        var handle = await python.SubmitAsync(O3, new JsonObject());
        Assert.Equal(python.GetHandle(O3, handle.RequestId), handle);
        Assert.Equal(handle.RequestId, Guid.Parse(handle.RequestId).ToString());

        // And it leads somewhere: to this request's own failure.
        Assert.Equal(422, (await Assert.ThrowsAsync<FalClientHttpException>(() => python.GetAsync(handle))).Status);
        Assert.Equal(422, (await Assert.ThrowsAsync<FalClientHttpException>(() => python.RunAsync(O3, new JsonObject()))).Status);
    }

    [Fact]
    public async Task A_cancelled_request_comes_to_an_end_for_whoever_polls()
    {
        var input = Input;
        input["duration"] = "15";
        var handle = await _python.SubmitAsync(V3, input);
        await _python.CancelAsync(handle);
        Assert.Equal(HttpStatusCode.Accepted, _python.Exchanges[^1].Status);

        var end = await EndOfAsync(handle);
        Assert.Equal("client_cancelled", end.ErrorType);
        var failure = await Assert.ThrowsAsync<FalClientHttpException>(() => _python.ResultAsync(handle));
        Assert.Equal((499, "client_cancelled"), (failure.Status, failure.ErrorType));
        Assert.Equal(400, (await Assert.ThrowsAsync<FalClientHttpException>(() => _python.CancelAsync(handle))).Status);
    }

    [Fact]
    public async Task A_result_asked_for_too_early_is_an_error_and_no_result()
    {
        var input = Input;
        input["duration"] = "15";
        var handle = await _python.SubmitAsync(V3, input);
        var failure = await Assert.ThrowsAsync<FalClientHttpException>(() => _python.ResultAsync(handle));
        Assert.Equal((400, "Request is still in progress"), (failure.Status, (string?)failure.Detail));
        await _python.CancelAsync(handle);
    }

    [Fact]
    public async Task A_failed_request_is_completed_and_its_result_is_the_failure()
    {
        var handle = await _python.SubmitAsync(V3, new JsonObject { ["prompt"] = "x", ["duration"] = "99" });
        Assert.Equal(HttpStatusCode.OK, _python.Exchanges[0].Status);
        Assert.NotNull((await EndOfAsync(handle)).Error);

        var failure = await Assert.ThrowsAsync<FalClientHttpException>(() => _python.ResultAsync(handle));
        Assert.Equal((422, "application/json", true), (failure.Status, failure.ContentType, failure.HasRequestId));
        Assert.Equal(["start_image_url", "duration"], Fields(failure).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task Run_and_stream_fail_at_once()
    {
        foreach (var failing in new Func<Task>[] { () => _python.RunAsync(V3, new JsonObject()), () => _python.StreamAsync(V3, new JsonObject()).ToListAsync().AsTask() })
        {
            var failure = await Assert.ThrowsAsync<FalClientHttpException>(failing);
            Assert.Equal((422, "application/json", true), (failure.Status, failure.ContentType, failure.HasRequestId));
            Assert.Contains("start_image_url", Fields(failure));
        }
    }

    [Fact]
    public async Task An_address_for_notifications_travels_in_the_query()
    {
        var handle = await _python.SubmitAsync(V3, new JsonObject(), webhookUrl: "https://me/hook?x=1&y=2");
        Assert.EndsWith("?fal_webhook=https%3A%2F%2Fme%2Fhook%3Fx%3D1%26y%3D2", _python.Exchanges[0].Request, StringComparison.Ordinal);
        Assert.Equal(_python.GetHandle(V3, handle.RequestId), handle);
    }

    [Fact]
    public async Task What_does_not_exist_is_404_and_never_retried()
    {
        var nobody = _python.GetHandle(V3, Guid.Empty.ToString());
        foreach (var asking in new Func<Task>[]
        {
            () => _python.StatusAsync(nobody, withLogs: false),
            () => _python.ResultAsync(nobody),
            () => _python.CancelAsync(nobody),
            () => _python.SubmitAsync("fal-ai/no-such-app", new JsonObject()),
            () => _python.RunAsync("fal-ai/no-such-app", new JsonObject()),
        })
        {
            var failure = await Assert.ThrowsAsync<FalClientHttpException>(asking);
            Assert.Equal((404, "application/json", true), (failure.Status, failure.ContentType, failure.HasRequestId));
        }
    }

    [Theory]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/status?logs=true", 200)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/status?logs=false", 200)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/status?logs=1", 200)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/status?logs=0", 200)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/status", 200)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/status/", 200)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/status/stream?logs=1", 200)]
    [InlineData("GET", "fal-ai/kling-video/o3/standard/image-to-video/requests/{id}/status", 200)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}", 422)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/", 422)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/response", 422)]
    [InlineData("GET", "fal-ai/kling-video/requests/{id}/response/", 422)]
    [InlineData("GET", "fal-ai/kling-video/o3/standard/image-to-video/requests/{id}", 422)]
    [InlineData("GET", "fal-ai/kling-video/o3/standard/image-to-video/requests/{id}/response", 422)]
    [InlineData("PUT", "fal-ai/kling-video/requests/{id}/cancel", 400)]
    [InlineData("PUT", "fal-ai/kling-video/requests/{id}/cancel/", 400)]
    [InlineData("PUT", "fal-ai/kling-video/o3/standard/image-to-video/requests/{id}/cancel", 400)]
    [InlineData("GET", "fal-ai/other-app/requests/{id}/status", 404)]
    [InlineData("GET", "fal-ai/other-app/requests/{id}", 404)]
    public async Task Every_written_form_of_a_request_URL_is_understood(string method, string path, int expected)
    {
        var handle = await _python.SubmitAsync(O3, new JsonObject());
        await EndOfAsync(handle);
        foreach (var withContentType in new[] { false, true })
        {
            using var response = await SendAsync(method, "queue/" + path.Replace("{id}", handle.RequestId, StringComparison.Ordinal), withContentType);
            Assert.Equal(expected, (int)response.StatusCode);
            Assert.Equal([handle.RequestId], response.Headers.GetValues("x-fal-request-id"));
        }
    }

    [Theory]
    [InlineData("true", JsonValueKind.Array)]
    [InlineData("1", JsonValueKind.Array)]
    [InlineData("false", JsonValueKind.Null)]
    [InlineData("0", JsonValueKind.Null)]
    public async Task Logs_are_a_list_when_asked_for_and_null_when_not(string logs, JsonValueKind expected)
    {
        var handle = await _python.SubmitAsync(O3, new JsonObject());
        await EndOfAsync(handle);
        using var response = await SendAsync("GET", $"queue/fal-ai/kling-video/requests/{handle.RequestId}/status?logs={logs}", withContentType: true);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected, body.RootElement.GetProperty("logs").ValueKind);
    }

    public void Dispose() => _python.Dispose();

    /// <summary>The literal order of section 11 of the protocol's description, with the status codes that go with it.</summary>
    private void AssertWire(PythonClient.Handle handle, int polls)
    {
        var request = $"/queue/fal-ai/kling-video/requests/{handle.RequestId}";
        var expected = new List<string> { $"POST /queue/{V3}" };
        expected.AddRange(Enumerable.Repeat($"GET {request}/status?logs=true", polls));
        expected.Add($"GET {request}/status?logs=false");
        expected.Add($"GET {request}");
        Assert.Equal(expected, _python.Exchanges.Select(exchange => exchange.Request));
        Assert.All(_python.Exchanges, exchange => Assert.Equal([handle.RequestId], exchange.Headers.GetValues("x-fal-request-id")));

        var codes = _python.Exchanges.Select(exchange => (int)exchange.Status).ToList();
        Assert.Equal(200, codes[0]);
        Assert.All(codes[1..polls], code => Assert.Equal(202, code));
        Assert.All(codes[polls..], code => Assert.Equal(200, code));
    }

    private async Task<PythonClient.Completed> EndOfAsync(PythonClient.Handle handle)
    {
        PythonClient.Status? last = null;
        await foreach (var status in _python.IterEventsAsync(handle, withLogs: false, TestContext.Current.CancellationToken))
            last = status;
        return Assert.IsType<PythonClient.Completed>(last);
    }

    private async Task AssertPlaysAsync(JsonElement result)
    {
        var video = Assert.Single(result.EnumerateObject(), property => property.Name == "video").Value;
        Assert.Equal("video/mp4", video.GetProperty("content_type").GetString());
        var file = await _python.DownloadAsync(video.GetProperty("url").GetString()!);
        Assert.Equal(video.GetProperty("file_size").GetInt64(), file.Length);
        Assert.Equal("ftyp", Encoding.ASCII.GetString(file, 4, 4));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, bool withContentType)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{server.Address}/{path}");
        if (withContentType)
        {
            // As the JavaScript client does on calls without a body.
            request.Content = new ByteArrayContent([]);
            request.Content.Headers.ContentType = new("application/json");
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Fields(FalClientHttpException failure) => failure.Detail.AsArray().Select(error =>
    {
        Assert.Equal("body", (string?)error!["loc"]![0]);
        Assert.NotEqual("", (string?)error["msg"] ?? "");
        Assert.NotEqual("", (string?)error["type"] ?? "");
        return (string)error["loc"]!.AsArray()[^1]!;
    });

    private string Here(string host) => host.Replace("{port}", server.HttpsPort.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
