using System.Security.Cryptography;
using Kinora.Jobs.Webhooks;

namespace Kinora.Server.Webhooks;

/// <summary>
/// The keys that sign webhooks. The first is made when it is first needed. A new one is published before it signs, and an old one after it has signed, both for
/// longer than the day for which receivers may keep the published set.
/// </summary>
internal sealed class WebhookKeyRing(IWebhookKeyStore store, TimeProvider time)
{
    /// <summary>How long a receiver may keep the published set, by the protocol's documentation, and an hour.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(25);

    /// <summary>The key that signs now.</summary>
    public async Task<WebhookKey> FindSigningAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var keys = await ListAsync(now, cancellationToken);
        return keys.FirstOrDefault(key => key.SignsFrom <= now) ?? keys[^1];
    }

    /// <summary>The keys whose signatures a receiver should accept, the newest first.</summary>
    public async Task<IReadOnlyList<WebhookKey>> FindPublishedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Published(await ListAsync(now, cancellationToken), now);
    }

    /// <summary>Makes a new key, and forgets those whose time has passed.</summary>
    /// <param name="atOnce">True: it signs from now on, because the old one is known to others. False: after <see cref="Overlap"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<WebhookKey> RotateAsync(bool atOnce, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var old = await store.ListAsync(cancellationToken);
        var key = Create(atOnce || old.Count == 0 ? now : now + Overlap);
        await store.AddAsync(key, onlyFirst: false, cancellationToken);
        var published = Published(old, now);
        foreach (var passed in old.Where(candidate => !published.Contains(candidate)))
            await store.DeleteAsync(passed.Id, cancellationToken);
        return key;
    }

    private async Task<IReadOnlyList<WebhookKey>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = await store.ListAsync(cancellationToken);
        if (keys.Count > 0) return keys;

        // Another process may be as early: the store keeps one of both.
        await store.AddAsync(Create(now), onlyFirst: true, cancellationToken);
        return await store.ListAsync(cancellationToken);
    }

    // The one that signs and all newer ones, and of the older ones those whose successor has not signed for long.
    private static List<WebhookKey> Published(IReadOnlyList<WebhookKey> newestFirst, DateTimeOffset now) =>
        [.. newestFirst.Where((_, index) => index == 0 || newestFirst[index - 1].SignsFrom + Overlap > now)];

    private static WebhookKey Create(DateTimeOffset signsFrom)
    {
        var seed = RandomNumberGenerator.GetBytes(Ed25519.SeedBytes);
        var publicKey = Ed25519.PublicKeyOf(seed);
        return new WebhookKey(Convert.ToHexStringLower(SHA256.HashData(publicKey))[..16], seed, publicKey, signsFrom);
    }
}
