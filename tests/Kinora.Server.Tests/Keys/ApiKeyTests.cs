using Kinora.Server.Tests.Api;
using static Kinora.Server.Tests.Api.ApiServer;

namespace Kinora.Server.Tests.Keys;

/// <summary>Who may call, and what of others' they can see.</summary>
public sealed class ApiKeyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Key any:thing")]
    [InlineData("Bearer whatever")]
    [InlineData("Basic eDp5")]
    public async Task Without_any_key_everyone_on_this_machine_is_local(string? authorization)
    {
        await using var server = await StartAsync();
        var answer = await SubmitAsync(server, authorization);
        Assert.Equal(200, answer.Code);
        Assert.Equal("local", (await server.ClaimAsync()).Owner);
    }

    [Theory]
    [InlineData(null, "Authorization header is required")]
    [InlineData("Key nonsense", "Invalid Key Authorization header format. Expected '<key_id>:<key_secret>'.")]
    [InlineData("Basic eDp5", "Invalid Key Authorization header format. Expected '<key_id>:<key_secret>'.")]
    [InlineData("Key id:wrong", "No user found for Key ID and Secret")]
    [InlineData("Key {id}:wrong", "No user found for Key ID and Secret")]
    [InlineData("Bearer {id}:wrong", "No user found for Key ID and Secret")]
    public async Task From_the_first_key_on_every_call_needs_one(string? authorization, string detail)
    {
        await using var server = await StartAsync();
        var (keyId, _) = await server.CreateKeyAsync();
        var answer = await SubmitAsync(server, authorization?.Replace("{id}", keyId, StringComparison.Ordinal));
        Assert.Equal((401, "application/json", detail), (answer.Code, answer.ContentType, answer.Json["detail"]!.GetValue<string>()));
        Assert.NotNull(answer.RequestId);
        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_running_server_notices_the_first_key_within_a_second()
    {
        await using var server = await StartAsync();
        Assert.Equal(200, (await SubmitAsync(server, null)).Code);
        await server.CreateKeyAsync();
        var deadline = DateTime.UtcNow.AddSeconds(1);
        while ((await SubmitAsync(server, null)).Code != 401) Assert.True(DateTime.UtcNow < deadline, "The server stayed open.");
    }

    [Fact]
    public async Task A_key_opens_with_both_schemes_and_owns_what_it_submits()
    {
        await using var server = await StartAsync();
        var (keyId, header) = await server.CreateKeyAsync();
        Assert.Equal(200, (await SubmitAsync(server, header)).Code);
        Assert.Equal(200, (await SubmitAsync(server, header.Replace("Key ", "Bearer ", StringComparison.Ordinal))).Code);
        Assert.Equal(keyId, (await server.ClaimAsync()).Owner);
        Assert.NotNull((await server.Keys.FindAsync(keyId, CancellationToken.None))!.LastUsedAt);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_the_next_call_on()
    {
        await using var server = await StartAsync();
        var (keyId, header) = await server.CreateKeyAsync();
        Assert.Equal(200, (await SubmitAsync(server, header)).Code);
        await server.Keys.RevokeAsync(keyId, CancellationToken.None);
        Assert.Equal(401, (await SubmitAsync(server, header)).Code);
        Assert.Equal(401, (await SubmitAsync(server, null)).Code);
    }

    [Fact]
    public async Task An_expired_key_opens_nothing()
    {
        await using var server = await StartAsync();
        var (_, header) = await server.CreateKeyAsync(expiresAt: TimeProvider.System.GetUtcNow().AddMinutes(-1));
        Assert.Equal(401, (await SubmitAsync(server, header)).Code);
    }

    [Fact]
    public async Task A_server_that_requires_keys_is_closed_while_there_is_none()
    {
        await using var server = await StartAsync(options => options.RequireKeys = true);
        Assert.Equal(401, (await SubmitAsync(server, null)).Code);
        Assert.Equal(401, (await SubmitAsync(server, "Key a:b")).Code);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/status")]
    [InlineData("GET", "/status/stream")]
    [InlineData("PUT", "/cancel")]
    public async Task Anothers_request_looks_unknown(string method, string operation)
    {
        await using var server = await StartAsync();
        var (_, mine) = await server.CreateKeyAsync();
        var (_, yours) = await server.CreateKeyAsync();
        var id = (await SubmitAsync(server, mine)).Json["request_id"]!.GetValue<string>();
        var foreign = await server.SendAsync(method, $"/queue/{Application}/requests/{id}{operation}", (string?)null, ("Authorization", yours));
        var unknown = await server.SendAsync(method, $"/queue/{Application}/requests/{Guid.NewGuid()}{operation}", (string?)null, ("Authorization", yours));

        Assert.Equal((404, unknown.Body), (foreign.Code, foreign.Body));
        Assert.Equal(unknown.Headers.Keys.Order(), foreign.Headers.Keys.Order());
        Assert.Equal(202, (await server.SendAsync("GET", $"/queue/{Application}/requests/{id}/status", (string?)null, ("Authorization", mine))).Code);
    }

    [Fact]
    public async Task Idempotency_keys_of_two_owners_do_not_meet()
    {
        await using var server = await StartAsync();
        var (_, mine) = await server.CreateKeyAsync();
        var (_, yours) = await server.CreateKeyAsync();
        var first = await SubmitAsync(server, mine, ("Idempotency-Key", "k"));
        var second = await SubmitAsync(server, yours, ("Idempotency-Key", "k"));
        Assert.NotEqual(first.RequestId, second.RequestId);
    }

    [Fact]
    public async Task A_keyless_server_is_not_called_by_a_strangers_name()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, ("Host", "evil.example"));
        Assert.Equal(403, answer.Code);
        Assert.Equal(0, await server.Jobs.CountQueuedAsync(null, CancellationToken.None));

    }

    [Fact]
    public async Task A_server_with_keys_may_be_called_by_any_name()
    {
        await using var server = await StartAsync();
        var (_, header) = await server.CreateKeyAsync();
        Assert.Equal(200, (await server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, ("Host", "video.example"), ("Authorization", header))).Code);
    }

    private static Task<Answer> SubmitAsync(ApiServer server, string? authorization, params (string Name, string Value)[] headers) =>
        server.SendAsync("POST", $"/queue/{Turbo}", GoodInput, authorization is null ? headers : [("Authorization", authorization), .. headers]);
}
