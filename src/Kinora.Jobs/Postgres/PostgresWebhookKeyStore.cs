using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Webhooks;

namespace Kinora.Jobs.Postgres;

/// <summary>Signing keys in PostgreSQL, readable by whoever may read its tables.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresWebhookKeyStore(PostgresDatabase database) : IWebhookKeyStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<WebhookKey>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<(string Id, byte[] Seed, byte[] PublicKey, long SignsFrom)>(
            "SELECT id, seed, public_key, signs_from FROM webhook_keys ORDER BY signs_from DESC, id", null, cancellationToken);
        return rows.ConvertAll(row => new WebhookKey(row.Id, row.Seed, row.PublicKey, row.SignsFrom.ToTime()));
    }

    /// <inheritdoc/>
    public Task<bool> AddAsync(WebhookKey key, bool onlyFirst, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                // Two first keys at once would each find the table empty.
                await connection.ExecuteAsync("LOCK TABLE webhook_keys IN SHARE ROW EXCLUSIVE MODE", transaction: transaction);
                return await connection.ExecuteAsync(
                    """
                    INSERT INTO webhook_keys (id, seed, public_key, signs_from) SELECT @Id, @Seed, @PublicKey, @signsFrom
                    WHERE NOT @onlyFirst OR NOT EXISTS (SELECT 1 FROM webhook_keys)
                    """,
                    new { key.Id, key.Seed, key.PublicKey, signsFrom = key.SignsFrom.ToUnixTimeMilliseconds(), onlyFirst }, transaction) > 0;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.ExecuteAsync("DELETE FROM webhook_keys WHERE id = @id", new { id }, cancellationToken);
}
