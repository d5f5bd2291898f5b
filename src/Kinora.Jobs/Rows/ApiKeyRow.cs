using Kinora.Jobs.Keys;

namespace Kinora.Jobs.Rows;

/// <summary>A row as Dapper fills it; the columns' names are the properties'.</summary>
internal sealed class ApiKeyRow
{
    internal const string Select = """
        SELECT key_id AS KeyId, secret_hash AS SecretHash, alias, scope, created_at AS CreatedAt, expires_at AS ExpiresAt,
               last_used_at AS LastUsedAt, revoked_at AS RevokedAt
        FROM api_keys
        """;

    public string KeyId { get; set; } = "";
    public byte[] SecretHash { get; set; } = [];
    public string Alias { get; set; } = "";
    public long Scope { get; set; }
    public long CreatedAt { get; set; }
    public long? ExpiresAt { get; set; }
    public long? LastUsedAt { get; set; }
    public long? RevokedAt { get; set; }

    internal ApiKeyRecord ToRecord() => new()
    {
        KeyId = KeyId,
        SecretHash = SecretHash,
        Alias = Alias,
        Scope = (ApiKeyScope)Scope,
        CreatedAt = CreatedAt.ToTime(),
        ExpiresAt = ExpiresAt.ToTime(),
        LastUsedAt = LastUsedAt.ToTime(),
        RevokedAt = RevokedAt.ToTime(),
    };
}
