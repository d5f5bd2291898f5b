using Kinora.Jobs.Keys;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Playground;

public sealed class SettingsEndpointTests
{
    [Fact]
    public async Task Keys_are_shown_with_state_and_budget_and_without_secrets()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (_, admin) = await server.CreateKeyAsync(scope: ApiKeyScope.Admin);
        var (keyId, header) = await server.CreateKeyAsync();
        var (revoked, _) = await server.CreateKeyAsync();
        await server.Keys.RevokeAsync(revoked, default);

        var set = await server.SendAsync("PUT", $"/v1/kinora/keys/{keyId}/budget", """{"amount":12.5}""", ("Authorization", admin));
        var list = await server.SendAsync("GET", "/v1/kinora/keys", (string?)null, ("Authorization", admin));

        Assert.Equal(12.5m, (decimal)set.Json["budget"]!["amount"]!);
        Assert.Equal(["active", "active", "revoked"], list.Json["keys"]!.AsArray().Select(key => (string)key!["state"]!));
        Assert.Equal(12.5m, (decimal)list.Json["keys"]!.AsArray().Single(key => (string)key!["key_id"]! == keyId)!["budget"]!["amount"]!);
        Assert.DoesNotContain(header.Split(':')[1], list.Body, StringComparison.Ordinal);
        var removed = await server.SendAsync("PUT", $"/v1/kinora/keys/{keyId}/budget", """{"amount":null}""", ("Authorization", admin));
        Assert.Null(removed.Json["budget"]);
    }

    [Theory]
    [InlineData("""{"amount":-1}""", 400)]
    [InlineData("""{"amount":"5"}""", 400)]
    [InlineData("""{"amount":1e30}""", 400)]
    public async Task What_is_no_amount_is_refused(string body, int code)
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (keyId, admin) = await server.CreateKeyAsync(scope: ApiKeyScope.Admin);

        Assert.Equal(code, (await server.SendAsync("PUT", $"/v1/kinora/keys/{keyId}/budget", body, ("Authorization", admin))).Code);
        Assert.Equal(404, (await server.SendAsync("PUT", "/v1/kinora/keys/nobody/budget", """{"amount":1}""", ("Authorization", admin))).Code);
    }

    [Theory]
    [InlineData("GET", "/v1/kinora/keys")]
    [InlineData("PUT", "/v1/kinora/keys/x/budget")]
    [InlineData("GET", "/v1/kinora/webhook-keys")]
    [InlineData("POST", "/v1/kinora/webhook-keys")]
    public async Task Settings_are_for_admins(string method, string path)
    {
        await using var server = await PlaygroundServer.StartAsync();
        var (_, header) = await server.CreateKeyAsync();

        Assert.Equal(403, (await server.SendAsync(method, path, method == "GET" ? null : "{}", ("Authorization", header))).Code);
    }

    [Fact]
    public async Task A_new_webhook_key_is_published_before_it_signs()
    {
        await using var server = await PlaygroundServer.StartAsync();
        var first = (await server.SendAsync("GET", "/v1/kinora/webhook-keys")).Json["keys"]!.AsArray();

        await server.SendAsync("POST", "/v1/kinora/webhook-keys", """{"at_once":false}""");
        var both = (await server.SendAsync("GET", "/v1/kinora/webhook-keys")).Json["keys"]!.AsArray();

        Assert.Equal([false, true], both.Select(key => (bool)key!["signs"]!));
        Assert.Equal((string)first[0]!["key_id"]!, (string)both[1]!["key_id"]!);
        Assert.DoesNotContain("seed", both.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_machine_tells_what_it_has()
    {
        await using var server = await PlaygroundServer.StartAsync();

        var machine = (await server.SendAsync("GET", "/v1/kinora/machine")).Json;

        Assert.Equal(30, (double)machine["retention_days"]!);
        Assert.Contains("ffmpeg", machine["findings"]!.AsArray().Select(finding => (string)finding!["what"]!));
        var weights = Assert.Single(machine["findings"]!.AsArray(), finding => (string)finding!["what"]! == "weights of the engine ltx")!;
        Assert.True((bool)weights["is_optional"]!);
        Assert.Contains("kinora models pull", (string)weights["detail"]!, StringComparison.Ordinal);
    }
}
