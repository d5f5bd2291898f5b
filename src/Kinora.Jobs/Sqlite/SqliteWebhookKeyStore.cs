using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Webhooks;

namespace Kinora.Jobs.Sqlite;

/// <summary>Signing keys in the queue's SQLite file, which only its owner can read.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
public sealed class SqliteWebhookKeyStore(SqliteDatabase database) : IWebhookKeyStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<WebhookKey>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WebhookKey>>(database.Read(
            connection => connection.Query<(string Id, byte[] Seed, byte[] PublicKey, long SignsFrom)>(
                "SELECT id, seed, public_key, signs_from FROM webhook_keys ORDER BY signs_from DESC, id")
                .Select(row => new WebhookKey(row.Id, row.Seed, row.PublicKey, row.SignsFrom.ToTime())).ToList()));

    /// <inheritdoc/>
    public async Task<bool> AddAsync(WebhookKey key, bool onlyFirst, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            connection => connection.Execute(
                """
                INSERT INTO webhook_keys (id, seed, public_key, signs_from) SELECT @Id, @Seed, @PublicKey, @signsFrom
                WHERE NOT @onlyFirst OR NOT EXISTS (SELECT 1 FROM webhook_keys)
                """,
                new { key.Id, key.Seed, key.PublicKey, signsFrom = key.SignsFrom.ToUnixTimeMilliseconds(), onlyFirst }),
            cancellationToken) > 0;

    /// <inheritdoc/>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Execute("DELETE FROM webhook_keys WHERE id = @id", new { id }), cancellationToken);
}
