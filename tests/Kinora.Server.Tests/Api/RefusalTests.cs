using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary>Paths and methods that lead nowhere, and what goes wrong unexpectedly.</summary>
public sealed class RefusalTests
{
    private const string Id = "764cabcf-b745-4b3e-ae38-1200304cf45b";

    [Theory]
    [InlineData("/queue/fal-ai/unknown/image-to-video", "Application \"fal-ai/unknown\" not found")]
    [InlineData("/someone/else", "Application \"someone/else\" not found")]
    [InlineData("/queue/fal-ai/kling-video/v9/image-to-video", "Path /v9/image-to-video not found")]
    [InlineData("/queue/fal-ai/kling-video", "Path / not found")]
    [InlineData("/queue/fal-ai/kling-video/requests", "Path /requests not found")]
    [InlineData("/queue/fal-ai/kling-video/v3/standard/image-to-video/stream", "Path /v3/standard/image-to-video/stream not found")]
    [InlineData("/fal-ai", "Path /fal-ai not found")]
    [InlineData("/", "Path / not found")]
    [InlineData("/fal-ai//kling-video/v3/standard/image-to-video", "Path /fal-ai//kling-video/v3/standard/image-to-video not found")]
    public async Task Unknown_endpoints_are_404(string path, string detail)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", path, GoodInput);
        Assert.Equal((404, "application/json"), (answer.Code, answer.ContentType));
        Assert.Equal(detail, answer.Json["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("GET", $"/queue/{Turbo}", "POST")]
    [InlineData("PUT", $"/queue/{Turbo}", "POST")]
    [InlineData("GET", $"/{Turbo}", "POST")]
    [InlineData("GET", $"/{Turbo}/stream", "POST")]
    [InlineData("POST", $"/queue/{Application}/requests/{Id}", "GET")]
    [InlineData("DELETE", $"/queue/{Application}/requests/{Id}", "GET")]
    [InlineData("PUT", $"/queue/{Application}/requests/{Id}/status", "GET")]
    [InlineData("POST", $"/queue/{Application}/requests/{Id}/status/stream", "GET")]
    [InlineData("POST", $"/queue/{Application}/requests/{Id}/cancel", "PUT")]
    [InlineData("GET", $"/queue/{Application}/requests/{Id}/cancel", "PUT")]
    [InlineData("POST", "/files/a", "GET, HEAD")]
    [InlineData("POST", "/healthz", "GET, HEAD")]
    [InlineData("PATCH", "/api/fal/proxy", "GET, POST, PUT")]
    public async Task Wrong_methods_are_405(string method, string path, string allowed)
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync(method, path);
        Assert.Equal((405, """{"detail":"Method Not Allowed"}"""), (answer.Code, answer.Body));
        Assert.Equal(allowed, answer.Header("Allow"));
    }

    [Theory]
    [InlineData($"/queue/{Application}/requests/{Id}/status/")]
    [InlineData($"/queue/{Application}/requests/{Id}/")]
    [InlineData($"/queue/{Turbo}/")]
    [InlineData("/queue/")]
    [InlineData("/files/")]
    [InlineData("/healthz/")]
    public async Task Nothing_is_ever_redirected(string path)
    {
        await using var server = await StartAsync();
        foreach (var method in new[] { "GET", "POST", "PUT" })
        {
            var answer = await server.SendAsync(method, path, method == "GET" ? null : GoodInput);
            Assert.NotInRange(answer.Code, 300, 399);
            Assert.Null(answer.Header("Location"));
        }
    }

    [Theory]
    [InlineData($"/queue/{Application}/requests/%2e%2e/{Id}/status")]
    [InlineData("/files/..%2f..%2fetc/passwd")]
    [InlineData("/files/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/files/a%00b")]
    [InlineData("/queue/fal-ai/kling-video%00/v3")]
    [InlineData("/queue/fal-ai/kling-video/requests/%0d%0aX-Evil:%201")]
    [InlineData("/queue/fal-ai/%F0%9F%8E%AC/x")]
    public async Task Hostile_paths_find_nothing(string path)
    {
        await using var server = await StartAsync();
        var answer = await RawAsync(server, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (400|404|405) ", answer);
        Assert.DoesNotContain("X-Evil: 1\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_url_is_answered_and_repeated_only_in_part()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", "/owner/" + new string('a', 6_000), GoodInput);
        Assert.Equal(404, answer.Code);
        Assert.True(answer.Body.Length < 300);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    public async Task A_malformed_host_is_400(string request)
    {
        await using var server = await StartAsync();
        Assert.StartsWith("HTTP/1.1 400", await RawAsync(server, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_1_0_without_a_host_gets_links_to_the_address_it_used()
    {
        await using var server = await StartAsync();
        var answer = await RawAsync(server, $"POST /queue/{Turbo} HTTP/1.0\r\nContent-Length: 2\r\n\r\n{{}}");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains($"\"http://{server.Authority}/queue/{Application}/requests/", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 2\r\nContent-Length: 3")]
    [InlineData("Content-Length: 2\r\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: -1")]
    public async Task Lengths_that_contradict_each_other_are_refused_and_store_nothing(string lengths)
    {
        await using var server = await StartAsync();
        var answer = await RawAsync(server, $"POST /queue/{Turbo} HTTP/1.1\r\nHost: localhost\r\n{lengths}\r\nConnection: close\r\n\r\n{{}}");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_garbled_chunked_body_is_400()
    {
        await using var server = await StartAsync();
        var answer = await RawAsync(server, $"POST /queue/{Turbo} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("application/json", answer, StringComparison.Ordinal);
        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task Rules_11_and_13_an_unexpected_fault_is_plain_json_with_a_request_id_and_no_details()
    {
        await using var server = await StartAsync(map: app => app.Map("/boom", _ => throw new InvalidOperationException("secret path /etc/x")));
        var answer = await server.SendAsync("GET", "/boom?token=s3cret", (string?)null, ("Origin", "http://localhost:3000"));

        Assert.Equal((500, "application/json", """{"detail":"Internal Server Error"}"""), (answer.Code, answer.ContentType, answer.Body));
        Assert.NotNull(answer.RequestId);
        Assert.Equal("http://localhost:3000", answer.Header("Access-Control-Allow-Origin"));
        lock (server.LogLines) Assert.Contains(server.LogLines, line => line.Contains(answer.RequestId!, StringComparison.Ordinal) && line.Contains("secret path", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_holds_no_query_strings_and_no_keys()
    {
        await using var server = await StartAsync();
        var (_, header) = await server.CreateKeyAsync();
        await server.SendAsync("POST", $"/queue/{Turbo}?fal_jwt_token=t0ken", GoodInput, ("Authorization", header));
        await server.SendAsync("POST", $"/queue/{Turbo}?fal_jwt_token=t0ken", GoodInput, ("Authorization", "Key a:s3cret"));
        string[] lines;
        lock (server.LogLines) lines = [.. server.LogLines];

        Assert.Contains(lines, line => line.Contains(Turbo, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("t0ken", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("s3cret", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain(header.Split(':')[1], line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_is_plain_and_needs_no_key()
    {
        await using var server = await StartAsync(options => options.RequireKeys = true);
        var answer = await server.SendAsync("GET", "/healthz");
        Assert.Equal((200, """{"status":"ok"}"""), (answer.Code, answer.Body));
    }

    private static async Task<string> RawAsync(ApiServer server, string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(tcp.GetStream());
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }
}
