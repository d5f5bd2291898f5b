using Dapper;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Sqlite;

/// <summary>Sessions in the queue's SQLite file.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
/// <param name="time">The clock of their lifetimes.</param>
public sealed class SqliteSessionStore(SqliteDatabase database, TimeProvider time) : ISessionStore
{
    /// <inheritdoc/>
    public Task CreateAsync(byte[] tokenHash, string keyId, TimeSpan lifetime, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            """
            DELETE FROM sessions WHERE expires_at <= @now;
            INSERT INTO sessions (token_hash, key_id, expires_at) VALUES (@tokenHash, @keyId, @expiresAt)
            """,
            new { tokenHash, keyId, now = time.Now(), expiresAt = time.Now() + lifetime.ToMilliseconds() }),
        cancellationToken);

    /// <inheritdoc/>
    public Task<string?> FindKeyIdAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => connection.QuerySingleOrDefault<string>(
            "SELECT key_id FROM sessions WHERE token_hash = @tokenHash AND expires_at > @now", new { tokenHash, now = time.Now() })));

    /// <inheritdoc/>
    public Task DeleteAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Execute("DELETE FROM sessions WHERE token_hash = @tokenHash", new { tokenHash }), cancellationToken);
}
