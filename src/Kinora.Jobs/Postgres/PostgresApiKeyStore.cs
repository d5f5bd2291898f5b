using Kinora.Jobs.Keys;
using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Postgres;

/// <summary>API keys in PostgreSQL. Every read asks the database, so a revocation holds at once in every process.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresApiKeyStore(PostgresDatabase database) : IApiKeyStore
{
    private static readonly long s_touchResolution = TimeSpan.FromMinutes(1).ToMilliseconds();

    /// <inheritdoc/>
    public Task CreateAsync(ApiKeyRecord key, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            """
            INSERT INTO api_keys (key_id, secret_hash, alias, scope, created_at, expires_at)
            VALUES (@KeyId, @SecretHash, @Alias, @scope, @createdAt, @expiresAt)
            """,
            new
            {
                key.KeyId,
                key.SecretHash,
                key.Alias,
                scope = (int)key.Scope,
                createdAt = key.CreatedAt.ToUnixTimeMilliseconds(),
                expiresAt = key.ExpiresAt?.ToUnixTimeMilliseconds(),
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiKeyRecord>> ListAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync<ApiKeyRow>(ApiKeyRow.Select + " ORDER BY created_at, key_id", null, cancellationToken)).ConvertAll(row => row.ToRecord());

    /// <inheritdoc/>
    public async Task<ApiKeyRecord?> FindAsync(string keyId, CancellationToken cancellationToken) =>
        (await database.FindAsync<ApiKeyRow>(ApiKeyRow.Select + " WHERE key_id = @keyId", new { keyId = keyId.Replace('\0', ' ') }, cancellationToken))?.ToRecord();

    /// <inheritdoc/>
    public Task TouchAsync(string keyId, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"""
            UPDATE api_keys SET last_used_at = {PostgresDatabase.Now}
            WHERE key_id = @keyId AND (last_used_at IS NULL OR last_used_at <= {PostgresDatabase.Now} - @TouchResolution)
            """,
            new { now = database.Time, keyId, TouchResolution = s_touchResolution },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> RevokeAsync(string keyId, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            $"UPDATE api_keys SET revoked_at = coalesce(revoked_at, {PostgresDatabase.Now}) WHERE key_id = @keyId", new { now = database.Time, keyId }, cancellationToken) > 0;

    /// <inheritdoc/>
    public Task<bool> AnyExistsAsync(CancellationToken cancellationToken) =>
        database.FindAsync<bool>("SELECT EXISTS (SELECT 1 FROM api_keys)", null, cancellationToken);
}
