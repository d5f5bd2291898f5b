using Dapper;
using Kinora.Jobs.Upkeep;

namespace Kinora.Jobs.Postgres;

/// <summary>Looks after the queue in PostgreSQL.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresUpkeepStore(PostgresDatabase database) : IUpkeepStore
{
    private const string Tables = "jobs, job_inputs, job_outputs, job_logs, job_notes, job_texts, job_blobs, usage, files, uploads, upload_parts, webhook_deliveries, webhook_tries, workers";

    /// <inheritdoc/>
    public async Task<QueueSummary> SummariseAsync(CancellationToken cancellationToken) => UpkeepSql.ToSummary(
        await database.FindAsync<(long, long, long?, long, long)>(UpkeepSql.Summary, null, cancellationToken), await NowAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoreFinding>> VerifyAsync(bool repair, CancellationToken cancellationToken)
    {
        var findings = new List<StoreFinding>();
        foreach (var rule in StoreRule.All)
        {
            if (await ExamineAsync(rule, repair && rule.Repair is not null, cancellationToken) is { } finding)
                findings.Add(finding);
        }

        return findings;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListNeededBlobsAsync(string afterName, int limit, CancellationToken cancellationToken) =>
        await database.QueryAsync<string>(UpkeepSql.NeededBlobs, new { afterName, limit, now = await NowAsync(cancellationToken) }, cancellationToken);

    /// <inheritdoc/>
    public Task VacuumAsync(CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.ExecuteAsync(new CommandDefinition($"VACUUM (ANALYZE) {Tables}", commandTimeout: 0, cancellationToken: cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public Task BackUpAsync(string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException("PostgreSQL has its own program for that: pg_dump --format=custom --file=FILE, and pg_restore to bring it back. docs/operations.md says more.");

    private Task<long> NowAsync(CancellationToken cancellationToken) =>
        database.FindAsync<long>($"SELECT {PostgresDatabase.Now}", new { now = database.Time }, cancellationToken);

    // A repair selects and mends in one transaction; what other processes change meanwhile is looked at by the next one.
    private Task<StoreFinding?> ExamineAsync(StoreRule rule, bool repair, CancellationToken cancellationToken) => database.WriteAsync(
        async (connection, transaction) =>
        {
            var offenders = (await connection.QueryAsync<string>(new CommandDefinition(rule.Broken, transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken))).AsList();
            if (offenders.Count == 0)
                return null;
            if (repair)
                await connection.ExecuteAsync(rule.Repair!, transaction: transaction);
            return new StoreFinding(rule.Rule, offenders.Take(UpkeepSql.MostNamed).ToList(), offenders.Count, repair, rule.Repair is not null);
        },
        cancellationToken);
}
