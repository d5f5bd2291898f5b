using Dapper;
using Kinora.Jobs.Limits;

namespace Kinora.Jobs.Sqlite;

/// <summary>Limits in the queue's SQLite file.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
public sealed class SqliteQueueLimitStore(SqliteDatabase database) : IQueueLimitStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<QueueLimit>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QueueLimit>>(database.Read(
            connection => connection.Query<(long, string, long)>(QueueLimitRules.Select).Select(QueueLimitRules.ToLimit).ToList()));

    /// <inheritdoc/>
    public Task SetAsync(QueueLimit limit, CancellationToken cancellationToken)
    {
        var parameters = QueueLimitRules.ToParameters(limit);
        return database.WriteAsync(connection => connection.Execute(QueueLimitRules.Upsert, parameters), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(QueueLimitKind kind, string name, CancellationToken cancellationToken) =>
        await database.WriteAsync(connection => connection.Execute(QueueLimitRules.Delete, new { kind = (int)kind, name }), cancellationToken) > 0;
}
