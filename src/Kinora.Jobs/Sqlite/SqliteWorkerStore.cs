using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Workers;

namespace Kinora.Jobs.Sqlite;

/// <summary>Workers in the queue's SQLite file.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
/// <param name="time">The clock of signs of life.</param>
public sealed class SqliteWorkerStore(SqliteDatabase database, TimeProvider time) : IWorkerStore
{
    /// <summary>How long an order can go unseen: a look is one indexed read of a local file.</summary>
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Task RegisterAsync(WorkerDescription worker, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Execute($"{WorkerSql.Forget}; {WorkerSql.Register}", WorkerSql.ToParameters(worker, time.Now())), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> BeatAsync(WorkerDescription worker, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.QuerySingle<bool>(WorkerSql.Beat, WorkerSql.ToParameters(worker, time.Now())), cancellationToken);

    /// <inheritdoc/>
    public async Task WaitForOrdersAsync(string workerId, bool isDraining, TimeSpan atMost, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (atMost - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } left
            && database.Read(connection => connection.QuerySingleOrDefault<bool>(WorkerSql.IsDraining, new { workerId })) == isDraining)
            await Task.Delay(left < s_lookAgain ? left : s_lookAgain, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string workerId, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Execute(WorkerSql.Remove, new { workerId }), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> SetDrainingAsync(string workerId, bool isDraining, CancellationToken cancellationToken) =>
        await database.WriteAsync(connection => connection.Execute(WorkerSql.SetDraining, new { workerId, isDraining }), cancellationToken) > 0;

    /// <inheritdoc/>
    public Task<IReadOnlyList<RegisteredWorker>> ListAsync(CancellationToken cancellationToken)
    {
        long now = time.Now();
        return Task.FromResult<IReadOnlyList<RegisteredWorker>>(database.Read(
            connection => connection.Query<WorkerRow>(WorkerSql.List, WorkerSql.ToListParameters(now)).Select(row => row.ToWorker(now)).ToList()));
    }
}
