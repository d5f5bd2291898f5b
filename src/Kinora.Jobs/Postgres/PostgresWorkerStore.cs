using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Workers;

namespace Kinora.Jobs.Postgres;

/// <summary>Workers in PostgreSQL.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresWorkerStore(PostgresDatabase database) : IWorkerStore
{
    /// <inheritdoc/>
    public Task RegisterAsync(WorkerDescription worker, CancellationToken cancellationToken) => database.WriteAsync(
        async (connection, transaction) =>
        {
            var parameters = WorkerSql.ToParameters(worker, await NowAsync(cancellationToken));
            await connection.ExecuteAsync(WorkerSql.Forget, parameters, transaction);
            return await connection.ExecuteAsync(WorkerSql.Register, parameters, transaction);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> BeatAsync(WorkerDescription worker, CancellationToken cancellationToken) =>
        await database.FindAsync<bool>(WorkerSql.Beat, WorkerSql.ToParameters(worker, await NowAsync(cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public async Task WaitForOrdersAsync(string workerId, bool isDraining, TimeSpan atMost, CancellationToken cancellationToken)
    {
        database.Signals.Listen();
        using var subscription = database.Signals.WorkerOrders.Subscribe(0);
        if (await database.FindAsync<bool>(WorkerSql.IsDraining, new { workerId }, cancellationToken) != isDraining)
            return;

        // Running out of time is the usual end of a wait, not worth a throw.
        await subscription.Pulsed.WaitAsync(atMost, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string workerId, CancellationToken cancellationToken) => database.ExecuteAsync(WorkerSql.Remove, new { workerId }, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> SetDrainingAsync(string workerId, bool isDraining, CancellationToken cancellationToken)
    {
        bool isThere = await database.ExecuteAsync(WorkerSql.SetDraining, new { workerId, isDraining }, cancellationToken) > 0;
        database.Signals.WorkerOrdered();
        return isThere;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RegisteredWorker>> ListAsync(CancellationToken cancellationToken)
    {
        long now = await NowAsync(cancellationToken);
        return (await database.QueryAsync<WorkerRow>(WorkerSql.List, WorkerSql.ToListParameters(now), cancellationToken)).ConvertAll(row => row.ToWorker(now));
    }

    private Task<long> NowAsync(CancellationToken cancellationToken) =>
        database.FindAsync<long>($"SELECT {PostgresDatabase.Now}", new { now = database.Time }, cancellationToken);
}
