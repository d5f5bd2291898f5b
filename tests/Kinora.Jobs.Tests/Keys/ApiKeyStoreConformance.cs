using Kinora.Jobs.Keys;

namespace Kinora.Jobs.Tests.Keys;

/// <summary>What every <see cref="IApiKeyStore"/> promises. Inherit it for each database.</summary>
public abstract class ApiKeyStoreConformance
{
    private protected SettableClock Clock { get; } = new();

    private protected abstract IApiKeyStore Store { get; }

    /// <summary>The same keys as another process sees them.</summary>
    private protected abstract IApiKeyStore OpenAgain();

    [Fact]
    public async Task A_key_is_found_as_it_was_made()
    {
        var (key, secret) = ApiKeySecret.Create("build server", ApiKeyScope.Admin, Clock.GetUtcNow(), Clock.GetUtcNow().AddDays(1));
        await Store.CreateAsync(key, default);

        var found = await Store.FindAsync(key.KeyId, default);

        Assert.Equivalent(key, found, strict: true);
        Assert.True(ApiKeySecret.Verify(found, secret));
        Assert.Null(await Store.FindAsync("nobody", default));
    }

    [Fact]
    public async Task Keys_are_listed_oldest_first()
    {
        var ids = new List<string>();
        foreach (string alias in new[] { "one", "two", "three" })
        {
            ids.Add((await CreateAsync(alias)).KeyId);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(ids, (await Store.ListAsync(default)).Select(key => key.KeyId));
    }

    [Fact]
    public async Task A_revocation_by_another_process_is_seen_at_once_and_keeps_its_time()
    {
        var key = await CreateAsync("one");
        var other = OpenAgain();
        Assert.True((await Store.FindAsync(key.KeyId, default))!.IsActive(Clock.GetUtcNow()));
        var revokedAt = Clock.GetUtcNow();

        Assert.True(await other.RevokeAsync(key.KeyId, default));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await other.RevokeAsync(key.KeyId, default));
        Assert.False(await other.RevokeAsync("nobody", default));

        var found = await Store.FindAsync(key.KeyId, default);
        Assert.Equal((revokedAt, false), (found!.RevokedAt, found.IsActive(Clock.GetUtcNow())));
    }

    [Fact]
    public async Task A_key_made_by_another_process_is_seen_at_once()
    {
        Assert.False(await Store.AnyExistsAsync(default));
        var (key, _) = ApiKeySecret.Create("cli", ApiKeyScope.Api, Clock.GetUtcNow());
        await OpenAgain().CreateAsync(key, default);

        Assert.True(await Store.AnyExistsAsync(default));
        Assert.NotNull(await Store.FindAsync(key.KeyId, default));
    }

    [Fact]
    public async Task A_revoked_key_still_counts_so_that_the_server_stays_closed()
    {
        var key = await CreateAsync("one");
        await Store.RevokeAsync(key.KeyId, default);

        Assert.True(await Store.AnyExistsAsync(default));
    }

    [Fact]
    public async Task Last_use_is_noted_at_most_once_a_minute()
    {
        var key = await CreateAsync("one");
        var first = Clock.GetUtcNow();
        await Store.TouchAsync(key.KeyId, default);
        Clock.Advance(TimeSpan.FromSeconds(59));
        await Store.TouchAsync(key.KeyId, default);
        Assert.Equal(first, (await Store.FindAsync(key.KeyId, default))!.LastUsedAt);

        Clock.Advance(TimeSpan.FromSeconds(1));
        await Store.TouchAsync(key.KeyId, default);
        await Store.TouchAsync("nobody", default);
        Assert.Equal(Clock.GetUtcNow(), (await Store.FindAsync(key.KeyId, default))!.LastUsedAt);
    }

    private async Task<ApiKeyRecord> CreateAsync(string alias)
    {
        var (key, _) = ApiKeySecret.Create(alias, ApiKeyScope.Api, Clock.GetUtcNow());
        await Store.CreateAsync(key, default);
        return key;
    }
}
