using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary>Behind a reverse proxy.</summary>
public sealed class ForwardedTests
{
    private static readonly (string, string)[] s_headers =
        [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "video.example.org"), ("X-Forwarded-Prefix", "/kinora")];

    [Theory]
    [InlineData(true, "https://video.example.org/kinora")]
    [InlineData(false, null)]
    public async Task Links_and_file_urls_follow_the_forwarded_headers_only_when_they_are_trusted(bool isTrusted, string? origin)
    {
        await using var server = await StartAsync(options =>
        {
            options.TrustForwardedHeaders = isTrusted;
            options.AllowedHosts.Add("example.org");
        });
        origin ??= $"http://{server.Authority}";
        var submitted = await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, s_headers);
        await server.CompleteAsync(await server.ClaimAsync());
        var id = submitted.Json["request_id"]!.GetValue<string>();
        var result = await server.SendAsync("GET", $"/queue/{Application}/requests/{id}", (string?)null, s_headers);

        Assert.Equal($"{origin}/queue/{Application}/requests/{id}", submitted.Json["response_url"]!.GetValue<string>());
        Assert.Equal($"{origin}/files/b/0123/out.mp4", result.Json["video"]!["url"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_trusted_forwarded_host_can_name_the_queue()
    {
        await using var server = await StartAsync(options => options.TrustForwardedHeaders = true);
        var answer = await server.SendAsync("POST", "/" + Turbo, GoodInput, ("X-Forwarded-Host", "queue.fal.run"));
        Assert.Equal("IN_QUEUE", answer.Json["status"]!.GetValue<string>());
    }
}
