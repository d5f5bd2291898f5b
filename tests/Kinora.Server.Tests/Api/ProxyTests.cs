using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary>Rule 17: one URL for all calls, the real one in <c>x-fal-target-url</c>.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Rule_17_a_whole_life_goes_through_the_proxy_route()
    {
        await using var server = await StartAsync();
        var submitted = await ProxyAsync(server, "POST", $"https://queue.fal.run/{Turbo}?fal_max_queue_length=9", GoodInput);
        var id = submitted.Json["request_id"]!.GetValue<string>();
        var job = await server.ClaimAsync();
        await server.LogAsync(job, "rendering");
        var status = await ProxyAsync(server, "GET", $"https://queue.fal.run/{Application}/requests/{id}/status?logs=1");
        await server.CompleteAsync(job);
        var events = await ProxyAsync(server, "GET", $"https://queue.fal.run/{Application}/requests/{id}/status/stream?logs=1");
        var result = await ProxyAsync(server, "GET", $"https://queue.fal.run/{Application}/requests/{id}");
        var cancel = await ProxyAsync(server, "PUT", $"https://queue.fal.run/{Application}/requests/{id}/cancel");

        Assert.Equal($"http://{server.Authority}/queue/{Application}/requests/{id}", submitted.Json["response_url"]!.GetValue<string>());
        Assert.Equal("rendering", status.Json["logs"]![0]!["message"]!.GetValue<string>());
        Assert.StartsWith("text/event-stream", events.ContentType, StringComparison.Ordinal);
        Assert.Equal($"http://{server.Authority}/files/b/0123/out.mp4", result.Json["video"]!["url"]!.GetValue<string>());
        Assert.Equal(id, result.RequestId);
        Assert.Equal(400, cancel.Code);
    }

    [Fact]
    public async Task A_synchronous_run_goes_through_the_proxy_route()
    {
        await using var server = await StartAsync();
        var running = ProxyAsync(server, "POST", $"https://fal.run/{Turbo}", GoodInput);
        await server.CompleteAsync(await server.ClaimAsync());
        Assert.Equal(42, (await running).Json["seed"]!.GetValue<int>());
        Assert.Equal(422, (await ProxyAsync(server, "POST", $"https://fal.run/{Turbo}", "{}")).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.example/fal-ai/x")]
    [InlineData("not a url")]
    public async Task A_missing_or_foreign_target_is_400_as_a_json_string(string? target)
    {
        await using var server = await StartAsync();
        var answer = await ProxyAsync(server, "POST", target, GoodInput);
        Assert.Equal((400, "application/json", "\"Invalid request\""), (answer.Code, answer.ContentType, answer.Body));
    }

    [Fact]
    public async Task A_call_without_a_key_is_401_as_a_json_string()
    {
        await using var server = await StartAsync();
        var (_, header) = await server.CreateKeyAsync();
        var answer = await ProxyAsync(server, "POST", $"https://queue.fal.run/{Turbo}", GoodInput);
        Assert.Equal((401, "\"Unauthorized\""), (answer.Code, answer.Body));
        Assert.Equal(401, (await ProxyAsync(server, "POST", $"https://queue.fal.run/{Turbo}", GoodInput, ("Authorization", "Key a:b"))).Code);
        Assert.Equal(200, (await ProxyAsync(server, "POST", $"https://queue.fal.run/{Turbo}", GoodInput, ("Authorization", header))).Code);
    }

    [Fact]
    public async Task The_route_can_be_moved()
    {
        await using var server = await StartAsync(options => options.ProxyPath = "/elsewhere");
        var answer = await server.SendAsync("POST", "/elsewhere", GoodInput, ("x-fal-target-url", $"https://queue.fal.run/{Turbo}"));
        Assert.Equal(200, answer.Code);
    }

    private static Task<Answer> ProxyAsync(ApiServer server, string method, string? target, string? body = null, params (string Name, string Value)[] headers) =>
        server.SendAsync(method, "/api/fal/proxy", body, target is null ? headers : [("x-fal-target-url", target), .. headers]);
}
