using Kinora.Jobs.Keys;

namespace Kinora.Jobs.Tests.Keys;

/// <summary>What every <see cref="ISessionStore"/> promises. Inherit it for each database.</summary>
public abstract class SessionStoreConformance
{
    private static readonly byte[] s_token = ApiKeySecret.Hash("token");

    private protected SettableClock Clock { get; } = new();

    private protected abstract ISessionStore Store { get; }

    [Fact]
    public async Task A_token_stands_for_its_key_until_its_time_has_passed()
    {
        await Store.CreateAsync(s_token, "alice", TimeSpan.FromHours(1), default);

        Assert.Equal("alice", await Store.FindKeyIdAsync(s_token, default));
        Assert.Null(await Store.FindKeyIdAsync(ApiKeySecret.Hash("another"), default));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await Store.FindKeyIdAsync(s_token, default));
    }

    [Fact]
    public async Task An_ended_session_is_gone_and_the_others_stay()
    {
        var another = ApiKeySecret.Hash("another");
        await Store.CreateAsync(s_token, "alice", TimeSpan.FromHours(1), default);
        await Store.CreateAsync(another, "alice", TimeSpan.FromHours(1), default);

        await Store.DeleteAsync(s_token, default);
        await Store.DeleteAsync(s_token, default);

        Assert.Null(await Store.FindKeyIdAsync(s_token, default));
        Assert.Equal("alice", await Store.FindKeyIdAsync(another, default));
    }
}
