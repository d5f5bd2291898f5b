using System.Text;
using Kinora.Jobs.Keys;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Platform;

/// <summary>Who may do what, and how refusals look.</summary>
public sealed class PlatformAccessTests
{
    private static readonly (string Method, string Path)[] s_adminRoutes =
    [
        ("GET", "/v1/models/usage"), ("GET", "/v1/models/analytics"), ("GET", "/v1/models/billing-events"), ("GET", "/v1/keys"), ("POST", "/v1/keys"), ("DELETE", "/v1/keys/x"),
    ];

    [Fact]
    public async Task Meta_repeats_where_webhooks_come_from()
    {
        await using var server = await ApiServer.StartAsync(api => api.WebhookIpRanges = ["203.0.113.0/24", "2001:db8::/48"]);
        Assert.Equal("""{"webhook_ip_ranges":["203.0.113.0/24","2001:db8::/48"]}""", (await server.SendAsync("GET", "/v1/meta")).Body);
    }

    [Fact]
    public async Task Without_a_key_only_models_and_meta_can_be_read()
    {
        await using var server = await ApiServer.StartAsync();
        await server.CreateKeyAsync();

        foreach (var (method, path) in s_adminRoutes.Append(("GET", "/v1/models/pricing")).Append(("GET", "/v1/models/requests/by-endpoint")))
            AssertError(await server.SendAsync(method, path, method == "POST" ? "{}" : null), 401, "authorization_error", "Authentication required");
        Assert.Equal(200, (await server.SendAsync("GET", "/v1/models")).Code);
        Assert.Equal("""{"webhook_ip_ranges":[]}""", (await server.SendAsync("GET", "/v1/meta")).Body);
    }

    [Fact]
    public async Task An_API_key_cannot_do_what_an_admin_key_can()
    {
        await using var server = await ApiServer.StartAsync();
        var (_, api) = await server.CreateKeyAsync();
        var (_, admin) = await server.CreateKeyAsync(scope: ApiKeyScope.Admin);

        foreach (var (method, path) in s_adminRoutes)
        {
            AssertError(await server.SendAsync(method, path, method == "POST" ? "{}" : null, ("Authorization", api)), 403, "authorization_error", "This route needs an admin key.");
            Assert.NotEqual(403, (await server.SendAsync(method, path, method == "POST" ? "{}" : null, ("Authorization", admin))).Code);
        }

        Assert.Equal(200, (await server.SendAsync("GET", "/v1/models/pricing", (string?)null, ("Authorization", api))).Code);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_in_the_envelope_and_not_repeated()
    {
        await using var server = await ApiServer.StartAsync();
        var (keyId, _) = await server.CreateKeyAsync();

        var answer = await server.SendAsync("GET", "/v1/keys", (string?)null, ("Authorization", $"Key {keyId}:not-the-secret"));

        AssertError(answer, 401, "authorization_error", "No user found for Key ID and Secret");
        Assert.DoesNotContain("not-the-secret", answer.Body);
    }

    [Theory]
    [InlineData("GET", "/v1/")]
    [InlineData("GET", "/v1/model")]
    [InlineData("GET", "/v1/models/usage/today")]
    [InlineData("DELETE", "/v1/keys/")]
    [InlineData("GET", "/v1/models//pricing")]
    public async Task What_is_not_there_is_404(string method, string path)
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.SendAsync(method, path);
        Assert.Equal(path == "/v1/keys/" ? 405 : 404, answer.Code);
        Assert.NotNull(answer.Json["error"]!["message"]);
    }

    [Fact]
    public async Task A_wrong_method_says_which_ones_would_do()
    {
        await using var server = await ApiServer.StartAsync();

        var answer = await server.SendAsync("PUT", "/v1/keys", "{}");

        AssertError(answer, 405, "validation_error", "This route takes GET, POST.");
        Assert.Equal("GET, POST", answer.Header("Allow"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"alias":5}""")]
    [InlineData("""{"alias":""}""")]
    [InlineData("""{"alias":"\ud800"}""")]
    [InlineData("""{"alias":"a","scope":"ROOT"}""")]
    public async Task A_bad_body_is_400(string body)
    {
        await using var server = await ApiServer.StartAsync();

        AssertError(await server.SendAsync("POST", "/v1/keys", body), 400, "validation_error");
        Assert.Empty(await server.Keys.ListAsync(default));
    }

    [Fact]
    public async Task A_body_200_levels_deep_or_two_megabytes_long_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);

        AssertError(await server.SendAsync("POST", "/v1/keys", deep), 400, "validation_error");
        AssertError(await server.SendAsync("POST", "/v1/keys", $$"""{"alias":"{{new string('x', 2 << 20)}}"}"""), 413, "validation_error");
    }

    [Fact]
    public async Task A_page_cannot_make_keys_by_sending_a_form()
    {
        await using var server = await ApiServer.StartAsync();

        AssertError(await server.SendAsync("POST", "/v1/keys", new StringContent("""{"alias":"evil"}""", Encoding.UTF8, "text/plain")), 415, "validation_error");
        Assert.Empty(await server.Keys.ListAsync(default));
    }

    internal static void AssertError(Answer answer, int code, string type, string? message = null)
    {
        Assert.Equal((code, "application/json"), (answer.Code, answer.ContentType));
        var error = answer.Json["error"]!;
        Assert.Equal(type, (string?)error["type"]);
        Assert.Equal(message ?? (string?)error["message"], (string?)error["message"]);
        Assert.NotEmpty((string)error["message"]!);
        Assert.Equal(answer.RequestId, (string?)error["request_id"]);
    }
}
