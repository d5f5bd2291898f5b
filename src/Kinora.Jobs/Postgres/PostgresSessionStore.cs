using Kinora.Jobs.Keys;
using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Postgres;

/// <summary>Sessions in PostgreSQL.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresSessionStore(PostgresDatabase database) : ISessionStore
{
    /// <inheritdoc/>
    public Task CreateAsync(byte[] tokenHash, string keyId, TimeSpan lifetime, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"""
            DELETE FROM sessions WHERE expires_at <= {PostgresDatabase.Now};
            INSERT INTO sessions (token_hash, key_id, expires_at) VALUES (@tokenHash, @keyId, {PostgresDatabase.Now} + @lifetime)
            """,
            new { now = database.Time, tokenHash, keyId, lifetime = lifetime.ToMilliseconds() },
            cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindKeyIdAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
        database.FindAsync<string>(
            $"SELECT key_id FROM sessions WHERE token_hash = @tokenHash AND expires_at > {PostgresDatabase.Now}", new { now = database.Time, tokenHash }, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
        database.ExecuteAsync("DELETE FROM sessions WHERE token_hash = @tokenHash", new { tokenHash }, cancellationToken);
}
