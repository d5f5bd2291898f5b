namespace Kinora.Jobs.Keys;

/// <summary>An API key as it is stored: without its secret.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>The public part, GUID-like; the owner of the jobs submitted with the key.</summary>
    public required string KeyId { get; init; }

    /// <summary>SHA-256 of the secret's UTF-8 bytes, 32 bytes. A fast hash is enough: the secret is random, not a password.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>A name for people.</summary>
    public required string Alias { get; init; }

    /// <summary>What the key opens.</summary>
    public required ApiKeyScope Scope { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it opens nothing; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to a minute; null before that.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null while it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether it opens anything at <paramref name="now"/>.</summary>
    public bool IsActive(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
