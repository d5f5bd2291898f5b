using Dapper;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Sqlite;

/// <summary>API keys in the queue's SQLite file. Every read asks the database (microseconds), so a revocation holds at once in every process.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
/// <param name="time">The clock of last use and revocation.</param>
public sealed class SqliteApiKeyStore(SqliteDatabase database, TimeProvider time) : IApiKeyStore
{
    private static readonly TimeSpan s_touchResolution = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Task CreateAsync(ApiKeyRecord key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Execute(
                """
                INSERT INTO api_keys (key_id, secret_hash, alias, scope, created_at, expires_at)
                VALUES (@KeyId, @SecretHash, @Alias, @Scope, @createdAt, @expiresAt)
                """,
                new
                {
                    key.KeyId,
                    key.SecretHash,
                    key.Alias,
                    Scope = (int)key.Scope,
                    createdAt = key.CreatedAt.ToUnixTimeMilliseconds(),
                    expiresAt = key.ExpiresAt?.ToUnixTimeMilliseconds(),
                }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKeyRecord>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ApiKeyRecord>>(database.Read(
            connection => connection.Query<ApiKeyRow>(ApiKeyRow.Select + " ORDER BY created_at, key_id").Select(row => row.ToRecord()).ToList()));

    /// <inheritdoc/>
    public Task<ApiKeyRecord?> FindAsync(string keyId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(
            connection => connection.QuerySingleOrDefault<ApiKeyRow>(ApiKeyRow.Select + " WHERE key_id = @keyId", new { keyId })?.ToRecord()));

    /// <inheritdoc/>
    public Task TouchAsync(string keyId, CancellationToken cancellationToken)
    {
        var parameters = new { keyId, now = time.Now(), before = time.Now() - s_touchResolution.ToMilliseconds() };
        const string Due = "key_id = @keyId AND (last_used_at IS NULL OR last_used_at <= @before)";
        bool due = database.Read(connection => connection.QuerySingle<bool>($"SELECT EXISTS (SELECT 1 FROM api_keys WHERE {Due})", parameters));
        return due
            ? database.WriteAsync(connection => connection.Execute($"UPDATE api_keys SET last_used_at = @now WHERE {Due}", parameters), cancellationToken)
            : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> RevokeAsync(string keyId, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            connection => connection.Execute(
                "UPDATE api_keys SET revoked_at = coalesce(revoked_at, @now) WHERE key_id = @keyId", new { keyId, now = time.Now() }),
            cancellationToken) > 0;

    /// <inheritdoc/>
    public Task<bool> AnyExistsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => connection.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM api_keys)")));
}
