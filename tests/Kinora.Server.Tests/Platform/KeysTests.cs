using Kinora.Jobs.Keys;
using Kinora.Server.Tests.Api;

namespace Kinora.Server.Tests.Platform;

public sealed class KeysTests
{
    [Fact]
    public async Task A_key_that_was_made_opens_the_server_until_it_is_deleted()
    {
        await using var server = await ApiServer.StartAsync();
        var (_, admin) = await server.CreateKeyAsync(scope: ApiKeyScope.Admin);

        var made = await server.SendAsync("POST", "/v1/keys", """{"alias":"ci"}""", ("Authorization", admin));
        var header = ("Authorization", $"Key {made.Json["key"]}");

        Assert.Equal((201, "no-store"), (made.Code, made.Header("Cache-Control")));
        Assert.Equal($"{made.Json["key_id"]}:{made.Json["key_secret"]}", (string?)made.Json["key"]);
        await server.SubmitAsync(headers: header);
        Assert.Equal(204, (await server.SendAsync("DELETE", $"/v1/keys/{made.Json["key_id"]}", (string?)null, ("Authorization", admin))).Code);
        Assert.Equal(204, (await server.SendAsync("DELETE", $"/v1/keys/{made.Json["key_id"]}", (string?)null, ("Authorization", admin))).Code);
        Assert.Equal(401, (await server.SendAsync("GET", "/v1/models/pricing", (string?)null, header)).Code);
    }

    [Fact]
    public async Task Keys_are_listed_without_secrets_and_without_deleted_ones()
    {
        await using var server = await ApiServer.StartAsync();
        var (adminId, admin) = await server.CreateKeyAsync(scope: ApiKeyScope.Admin);
        var (deleted, _) = await server.CreateKeyAsync();
        await server.Keys.RevokeAsync(deleted, default);
        var made = await server.SendAsync("POST", "/v1/keys", """{"alias":"boss","scope":"admin"}""", ("Authorization", admin));

        var list = await server.SendAsync("GET", "/v1/keys?expand=creator_info", (string?)null, ("Authorization", admin));

        Assert.Equal([(adminId, "test", "ADMIN"), ((string)made.Json["key_id"]!, "boss", "ADMIN")], list.Json["keys"]!.AsArray().Select(key => ((string)key!["key_id"]!, (string)key["alias"]!, (string)key["scope"]!)));
        Assert.DoesNotContain((string)made.Json["key_secret"]!, list.Body);
    }
}
