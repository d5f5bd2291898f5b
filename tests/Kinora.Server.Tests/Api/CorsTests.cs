using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Api;

/// <summary>What browsers are told.</summary>
public sealed class CorsTests
{
    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://localhost", true)]
    [InlineData("http://127.0.0.1:5173", true)]
    [InlineData("http://[::1]:5173", true)]
    [InlineData("https://app.example.org", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://localhost.evil.example", false)]
    [InlineData("null", false)]
    public async Task Pages_of_this_machine_and_named_ones_may_call(string origin, bool isAllowed)
    {
        await using var server = await StartAsync(options => options.AllowedOrigins.Add("https://app.example.org"));
        var preflight = await server.SendAsync(
            "OPTIONS", $"/queue/{Turbo}", (string?)null, ("Origin", origin), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,x-fal-queue-priority,x-app-fal-y,x-evil"));
        var submitted = await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, ("Origin", origin));

        Assert.Equal((204, 200), (preflight.Code, submitted.Code));
        Assert.Equal(isAllowed ? origin : null, preflight.Header("Access-Control-Allow-Origin"));
        Assert.Equal(isAllowed ? "GET,POST,PUT,OPTIONS" : null, preflight.Header("Access-Control-Allow-Methods"));
        Assert.Equal(isAllowed ? "authorization, content-type, x-fal-queue-priority, x-app-fal-y" : null, preflight.Header("Access-Control-Allow-Headers"));
        Assert.Equal(isAllowed ? origin : null, submitted.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", submitted.Header("Vary"));
        Assert.Equal(isAllowed, submitted.Header("Access-Control-Expose-Headers")?.Contains("x-fal-request-id", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task A_star_lets_every_page_call()
    {
        await using var server = await StartAsync(options => options.AllowedOrigins.Add("*"));
        Assert.Equal("https://any.example", (await server.SendAsync("GET", "/healthz", (string?)null, ("Origin", "https://any.example"))).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Clients_that_are_no_pages_hear_nothing_of_it()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput);
        Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }
}
