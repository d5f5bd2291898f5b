using System.Text.Json.Nodes;
using Kinora.Jobs;
using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary>The life of a queued request. The numbers are the rules of the protocol's specification.</summary>
public sealed class QueueProtocolTests
{
    [Fact]
    public async Task Rules_2_and_3_a_submit_answers_200_with_the_urls_that_clients_rebuild()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", $"/queue/{Turbo}?fal_max_queue_length=5", GoodInput);

        var id = answer.Json["request_id"]!.GetValue<string>();
        var url = $"http://{server.Authority}/queue/fal-ai/kling-video/requests/{id}";
        Assert.Equal(200, answer.Code);
        Assert.True(Guid.TryParseExact(id, "D", out _));
        AssertJson(
            $$"""{"status":"IN_QUEUE","request_id":"{{id}}","response_url":"{{url}}","status_url":"{{url}}/status","cancel_url":"{{url}}/cancel","logs":null,"metrics":{},"queue_position":0}""",
            answer.Json);
        Assert.Equal(id, answer.RequestId);
    }

    [Theory]
    [InlineData("/queue/", "127.0.0.1:1", "http://127.0.0.1:1/queue/")]
    [InlineData("/", "queue.localhost:1234", "http://queue.localhost:1234/")]
    [InlineData("/", "queue.fal.run", "http://queue.fal.run/")]
    [InlineData("/queue/", "fal.run", "http://fal.run/queue/")]
    public async Task Rule_2_links_carry_the_host_and_prefix_that_the_client_used(string prefix, string host, string linkBase)
    {
        await using var server = await StartAsync();
        var submitted = await server.SendAsync("POST", prefix + Turbo, GoodInput, ("Host", host));
        var id = submitted.Json["request_id"]!.GetValue<string>();
        var status = await server.SendAsync("GET", $"{prefix}{Application}/requests/{id}/status", (string?)null, ("Host", host));

        foreach (var json in new[] { submitted.Json, status.Json })
        {
            Assert.Equal($"{linkBase}{Application}/requests/{id}", json["response_url"]!.GetValue<string>());
            Assert.Equal($"{linkBase}{Application}/requests/{id}/status", json["status_url"]!.GetValue<string>());
            Assert.Equal($"{linkBase}{Application}/requests/{id}/cancel", json["cancel_url"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Rules_4_to_6_a_waiting_request_is_202_with_its_position()
    {
        await using var server = await StartAsync();
        await server.SubmitAsync();
        var id = await server.SubmitAsync();
        var status = await StatusAsync(server, id);

        Assert.Equal(202, status.Code);
        Assert.Equal("IN_QUEUE", status.Json["status"]!.GetValue<string>());
        Assert.Equal(1, status.Json["queue_position"]!.GetValue<int>());
        Assert.True(status.Json.AsObject().ContainsKey("logs"));
    }

    [Fact]
    public async Task Rules_4_to_6_a_running_request_is_202_with_a_logs_key()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.ClaimAsync();
        var status = await StatusAsync(server, id);

        Assert.Equal(202, status.Code);
        Assert.Equal("IN_PROGRESS", status.Json["status"]!.GetValue<string>());
        Assert.True(status.Json.AsObject().TryGetPropertyValue("logs", out var logs));
        Assert.Null(logs);
        Assert.False(status.Json.AsObject().ContainsKey("queue_position"));
    }

    [Fact]
    public async Task Rules_4_to_6_a_finished_request_is_200_with_its_inference_time()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync());
        var status = await StatusAsync(server, id);

        Assert.Equal(200, status.Code);
        Assert.Equal("COMPLETED", status.Json["status"]!.GetValue<string>());
        Assert.True(status.Json["metrics"]!["inference_time"]!.GetValue<double>() >= 0);
        Assert.True(status.Json.AsObject().TryGetPropertyValue("logs", out var logs));
        Assert.Null(logs);
        Assert.False(status.Json.AsObject().ContainsKey("error"));
        Assert.False(status.Json.AsObject().ContainsKey("error_type"));
    }

    [Theory]
    [InlineData("?logs=1", true)]
    [InlineData("?logs=true", true)]
    [InlineData("?logs=True", true)]
    [InlineData("?logs=0", false)]
    [InlineData("?logs=false", false)]
    [InlineData("", false)]
    public async Task Rule_8_logs_are_asked_for_in_four_ways(string query, bool areShown)
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.LogAsync(await server.ClaimAsync(), "rendering");
        var logs = (await StatusAsync(server, id, query)).Json["logs"];

        var line = """{"message":"rendering","level":"INFO","source":"USER","timestamp":"2026-01-02T03:04:05.678Z"}""";
        if (areShown) AssertJson($"[{line}]", logs);
        else Assert.Null(logs);
    }

    [Fact]
    public async Task Rule_8_any_other_value_of_logs_is_refused()
    {
        await using var server = await StartAsync();
        var answer = await StatusAsync(server, await server.SubmitAsync(), "?logs=perhaps");
        Assert.Equal(422, answer.Code);
        AssertJson("""["query","logs"]""", answer.Json["detail"]![0]!["loc"]);
    }

    [Fact]
    public async Task Rule_10_the_result_is_the_bare_output_with_file_urls_on_the_clients_host()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync());
        var result = await server.SendAsync("GET", $"/queue/{Application}/requests/{id}");

        Assert.Equal(200, result.Code);
        Assert.Equal("application/json", result.ContentType);
        AssertJson(
            $$$"""{"video":{"url":"http://{{{server.Authority}}}/files/b/0123/out.mp4","content_type":"video/mp4","file_name":"out.mp4","file_size":123},"seed":42}""",
            result.Json);
        Assert.Equal(id.ToString(), result.RequestId);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("5.0", "5")]
    [InlineData("2.5", "2.50000000")]
    public async Task Billable_units_are_whole_or_have_eight_decimals(string units, string header)
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync(), units: decimal.Parse(units, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(header, (await server.SendAsync("GET", $"/queue/{Application}/requests/{id}")).Header("x-fal-billable-units"));
    }

    [Fact]
    public async Task An_early_result_is_400_and_does_not_wait()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        var early = await server.SendAsync("GET", $"/queue/{Application}/requests/{id}");
        Assert.Equal(400, early.Code);
        AssertJson("""{"detail":"Request is still in progress"}""", early.Json);
    }

    [Theory]
    [InlineData("requests/{id}")]
    [InlineData("requests/{id}/")]
    [InlineData("requests/{id}/response")]
    [InlineData("v3/turbo/standard/image-to-video/requests/{id}")]
    [InlineData("v3/standard/image-to-video/requests/{id}/response/")]
    public async Task Rule_1_a_result_is_found_by_every_form_of_its_url(string path)
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync());
        var url = $"{Application}/{path.Replace("{id}", id.ToString(), StringComparison.Ordinal)}";
        Assert.Equal(200, (await server.SendAsync("GET", "/queue/" + url)).Code);
        Assert.Equal(200, (await server.SendAsync("GET", "/" + url, (string?)null, ("Host", "queue.localhost"))).Code);
    }

    public static TheoryData<JobFailure, string, string, int, string, string> Failures => new()
    {
        {
            new(JobFailureKind.InvalidInput, "m", false, """[{"loc":["body","image_url"],"msg":"m","type":"image_load_error"}]"""),
            "Invalid status code: 422", "", 422, """{"detail":[{"loc":["body","image_url"],"msg":"m","type":"image_load_error"}]}""",
            "X-Fal-Retryable=false;x-fal-billable-units=0"
        },
        {
            new(JobFailureKind.StartTimeout, "Request timed out", false),
            "Request timed out", "request_timeout", 504, """{"detail":"Request timed out","error_type":"request_timeout"}""",
            "X-Fal-Request-Timeout-Type=user;X-Fal-Error-Type=request_timeout"
        },
        {
            new(JobFailureKind.RunTimeout, "Too slow", false),
            "Too slow", "request_timeout", 504, """{"detail":"Too slow","error_type":"request_timeout"}""",
            "X-Fal-Request-Timeout-Type=;X-Fal-Error-Type=request_timeout"
        },
        {
            new(JobFailureKind.WorkerLost, "Gone", false),
            "Gone", "runner_disconnected", 503, """{"detail":"Gone","error_type":"runner_disconnected"}""", "X-Fal-Error-Type=runner_disconnected"
        },
        {
            new(JobFailureKind.EngineFault, "ffmpeg ended", false),
            "Invalid status code: 500", "internal_server_error", 500,
            """{"detail":[{"loc":["body"],"msg":"ffmpeg ended","type":"internal_server_error","url":"https://docs.fal.ai/errors/#internal_server_error"}]}""",
            "X-Fal-Retryable=false;X-Fal-Error-Type=internal_server_error;x-fal-billable-units=0"
        },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Rules_5_7_and_12_a_failure_is_completed_and_its_result_has_its_own_code(
        JobFailure failure, string error, string errorType, int code, string body, string headers)
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.FailAsync(await server.ClaimAsync(), failure);
        var status = await StatusAsync(server, id);
        var result = await server.SendAsync("GET", $"/queue/{Application}/requests/{id}");

        Assert.Equal((200, "COMPLETED"), (status.Code, status.Json["status"]!.GetValue<string>()));
        Assert.Equal((error, errorType), (status.Json["error"]!.GetValue<string>(), status.Json["error_type"]?.GetValue<string>() ?? ""));
        Assert.Equal((code, "application/json"), (result.Code, result.ContentType));
        AssertJson(body, result.Json);
        Assert.Equal(id.ToString(), result.RequestId);
        foreach (var pair in headers.Split(';').Select(header => header.Split('='))) Assert.Equal(pair[1], result.Header(pair[0]) ?? "");
    }

    [Fact]
    public async Task A_queued_request_is_cancelled_at_once_and_pollers_stop()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        var cancel = await CancelAsync(server, id);
        var status = await StatusAsync(server, id);
        var result = await server.SendAsync("GET", $"/queue/{Application}/requests/{id}");

        Assert.Equal(202, cancel.Code);
        AssertJson("""{"status":"CANCELLATION_REQUESTED"}""", cancel.Json);
        Assert.Equal((200, "COMPLETED"), (status.Code, status.Json["status"]!.GetValue<string>()));
        Assert.Equal(("Request was cancelled", "client_cancelled"), (status.Json["error"]!.GetValue<string>(), status.Json["error_type"]!.GetValue<string>()));
        Assert.Equal(499, result.Code);
        AssertJson("""{"detail":"Request was cancelled","error_type":"client_cancelled"}""", result.Json);
    }

    [Fact]
    public async Task A_running_request_goes_on_until_its_worker_has_let_go()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        var job = await server.ClaimAsync();
        Assert.Equal(202, (await CancelAsync(server, id)).Code);
        Assert.Equal("IN_PROGRESS", (await StatusAsync(server, id)).Json["status"]!.GetValue<string>());

        await server.Jobs.ConfirmCancelledAsync(id, job.Attempt, CancellationToken.None);
        Assert.Equal("COMPLETED", (await StatusAsync(server, id)).Json["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Cancelling_a_finished_request_is_400()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        await server.CompleteAsync(await server.ClaimAsync());
        var cancel = await CancelAsync(server, id);
        Assert.Equal(400, cancel.Code);
        AssertJson("""{"status":"ALREADY_COMPLETED"}""", cancel.Json);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/status")]
    [InlineData("GET", "/status/stream")]
    [InlineData("PUT", "/cancel")]
    public async Task Unknown_malformed_and_foreign_requests_look_the_same(string method, string operation)
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        var unknown = Guid.NewGuid().ToString();
        string[] paths =
        [
            $"/queue/{Application}/requests/{unknown}{operation}",
            $"/queue/{Application}/requests/not-an-id{operation}",
            $"/queue/{Application}/requests/{{{id}}}{operation}",
            $"/queue/{Application}/requests/%00{operation}",
            $"/queue/fal-ai/other-app/requests/{id}{operation}",
            $"/queue/fal-ai/kling-video-2/requests/{id}{operation}",
        ];
        foreach (var path in paths)
        {
            var answer = await server.SendAsync(method, path);
            if (path.Contains("%00", StringComparison.Ordinal) && answer.Code == 400) continue;
            Assert.Equal(404, answer.Code);
            AssertJson("""{"status":"NOT_FOUND"}""", answer.Json);
            Assert.NotNull(answer.RequestId);
        }

        Assert.Equal(unknown, (await server.SendAsync(method, paths[0])).RequestId);
        Assert.Equal(JobState.Queued, (await server.Jobs.FindStatusAsync(id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Rule_14_a_cancel_and_a_get_may_claim_json_without_a_body()
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync();
        var get = await server.SendAsync("GET", $"/queue/{Application}/requests/{id}/status?logs=1", "");
        var put = await server.SendAsync("PUT", $"/queue/{Application}/requests/{id}/cancel", "");
        Assert.Equal((202, 202), (get.Code, put.Code));
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("")]
    [InlineData("""{"prompt":null,"multi_prompt":null}""")]
    [InlineData("[1,2")]
    public async Task Rules_15_and_19_a_submit_takes_any_body(string body)
    {
        await using var server = await StartAsync();
        var id = await server.SubmitAsync(body);
        Assert.Equal(body, (await server.Jobs.FindAsync(id, CancellationToken.None))!.Input);
    }

    private static Task<Answer> StatusAsync(ApiServer server, Guid id, string query = "") =>
        server.SendAsync("GET", $"/queue/{Application}/requests/{id}/status{query}");

    private static Task<Answer> CancelAsync(ApiServer server, Guid id) => server.SendAsync("PUT", $"/queue/{Application}/requests/{id}/cancel");

    private static void AssertJson(string expected, JsonNode? actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual?.ToJsonString());
}
