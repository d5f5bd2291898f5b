using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Upkeep;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Looks after the queue's SQLite file.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
/// <param name="time">The clock of leases.</param>
public sealed class SqliteUpkeepStore(SqliteDatabase database, TimeProvider time) : IUpkeepStore
{
    /// <summary>What only this database keeps: counters beside the queue, and its own pages.</summary>
    private static readonly IReadOnlyList<StoreRule> s_rules =
    [
        .. StoreRule.All,
        new(
            "The queue's counters say how many jobs are queued.",
            """
            SELECT 'priority ' || priority || ' bucket ' || bucket FROM (
              SELECT priority, bucket, queued FROM queue_buckets UNION ALL SELECT priority, seq >> 8, -1 FROM jobs WHERE state = 0)
            GROUP BY priority, bucket HAVING sum(queued) <> 0
            """,
            """
            DELETE FROM queue_buckets;
            INSERT INTO queue_buckets (priority, bucket, queued) SELECT priority, seq >> 8, count(*) FROM jobs WHERE state = 0 GROUP BY 1, 2;
            """),
        new("Every reference leads to a row.", "SELECT \"table\" || ' ' || rowid FROM pragma_foreign_key_check"),
        new("The file is whole.", "SELECT integrity_check FROM pragma_integrity_check(100) WHERE integrity_check <> 'ok'"),
    ];

    /// <inheritdoc/>
    public Task<QueueSummary> SummariseAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => UpkeepSql.ToSummary(connection.QuerySingle<(long, long, long?, long, long)>(UpkeepSql.Summary), time.Now())));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoreFinding>> VerifyAsync(bool repair, CancellationToken cancellationToken)
    {
        var findings = new List<StoreFinding>();
        foreach (var rule in s_rules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var finding = repair && rule.Repair is not null
                ? await database.WriteAsync(connection => Examine(connection, rule, repair: true), cancellationToken)
                : database.Read(connection => Examine(connection, rule, repair: false));
            if (finding is not null)
                findings.Add(finding);
        }

        return findings;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListNeededBlobsAsync(string afterName, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(
            connection => connection.Query<string>(UpkeepSql.NeededBlobs, new { afterName, limit, now = time.Now() }).ToList()));

    /// <inheritdoc/>
    public Task VacuumAsync(CancellationToken cancellationToken) =>
        database.MaintainAsync(connection => connection.Execute("VACUUM; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);"), cancellationToken);

    /// <inheritdoc/>
    public Task BackUpAsync(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            throw new IOException($"{path} is there already; a backup never overwrites one.");
        return database.MaintainAsync(connection => connection.Execute("VACUUM INTO @path", new { path = Path.GetFullPath(path) }), cancellationToken);
    }

    private static StoreFinding? Examine(SqliteConnection connection, StoreRule rule, bool repair)
    {
        var offenders = connection.Query<string>(rule.Broken).ToList();
        if (offenders.Count == 0)
            return null;
        if (repair)
            connection.Execute(rule.Repair!);
        return new StoreFinding(rule.Rule, offenders.Take(UpkeepSql.MostNamed).ToList(), offenders.Count, repair, rule.Repair is not null);
    }
}
