using Kinora.Jobs.Limits;

namespace Kinora.Jobs.Postgres;

/// <summary>Limits in PostgreSQL.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresQueueLimitStore(PostgresDatabase database) : IQueueLimitStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<QueueLimit>> ListAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync<(long, string, long)>(QueueLimitRules.Select, null, cancellationToken)).ConvertAll(QueueLimitRules.ToLimit);

    /// <inheritdoc/>
    public async Task SetAsync(QueueLimit limit, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(QueueLimitRules.Upsert, QueueLimitRules.ToParameters(limit), cancellationToken);
        database.Signals.JobQueued();
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(QueueLimitKind kind, string name, CancellationToken cancellationToken)
    {
        bool removed = await database.ExecuteAsync(QueueLimitRules.Delete, new { kind = (int)kind, name }, cancellationToken) > 0;
        database.Signals.JobQueued();
        return removed;
    }
}
