using Kinora.Jobs.Keys;

namespace Kinora.Server.Keys;

/// <summary>A key as listings show it.</summary>
/// <param name="KeyId">The public part.</param>
/// <param name="Name">For people.</param>
/// <param name="Scope"><c>api</c> or <c>admin</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it was last used, to a minute; null before that.</param>
/// <param name="State"><c>active</c>, <c>expired</c> or <c>revoked</c>.</param>
public sealed record ApiKeyListing(string KeyId, string Name, string Scope, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, string State)
{
    internal static ApiKeyListing Of(ApiKeyRecord key, DateTimeOffset now) => new(
        key.KeyId,
        key.Alias,
        key.Scope.ToString().ToLowerInvariant(),
        key.CreatedAt,
        key.LastUsedAt,
        key.RevokedAt is not null ? "revoked" : key.IsActive(now) ? "active" : "expired");
}
