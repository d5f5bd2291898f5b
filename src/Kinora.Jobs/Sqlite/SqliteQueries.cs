using Dapper;
using Kinora.Jobs.Rows;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>What is read of jobs. Each is one statement, so one snapshot.</summary>
internal static class SqliteQueries
{
    /// <summary>Jobs of smaller priority value, plus older buckets of the same, plus the older jobs of the same bucket.</summary>
    internal const string QueuePosition = """
        (SELECT coalesce(sum(queued), 0) FROM queue_buckets WHERE priority < j.priority)
        + (SELECT coalesce(sum(queued), 0) FROM queue_buckets WHERE priority = j.priority AND bucket < (j.seq >> 8))
        + (SELECT count(*) FROM jobs q WHERE q.state = 0 AND q.priority = j.priority AND q.seq >= ((j.seq >> 8) << 8) AND q.seq < j.seq)
        """;

    internal static Job? FindJob(SqliteConnection connection, Guid id) =>
        connection.QuerySingleOrDefault<JobRow>($"SELECT id, {JobRow.Columns} FROM jobs WHERE id = @id", new { id = id.ToString() })?.ToJob();

    internal static int FindQueuePosition(SqliteConnection connection, long seq) =>
        connection.QuerySingle<int>($"SELECT {QueuePosition} FROM jobs j WHERE seq = @seq", new { seq });

    internal static long? FindVersion(SqliteConnection connection, Guid id) =>
        connection.QuerySingleOrDefault<long?>("SELECT version FROM jobs WHERE id = @id", new { id = id.ToString() });

    internal static int CountQueued(SqliteConnection connection, string? owner) => owner is null
        ? connection.QuerySingle<int>("SELECT coalesce(sum(queued), 0) FROM queue_buckets")
        : connection.QuerySingle<int>("SELECT count(*) FROM jobs WHERE state = 0 AND owner = @owner", new { owner });

    internal static List<JobLogLine> ReadLog(SqliteConnection connection, Guid id, long afterSequence) =>
        connection.Query<(long Sequence, long At, long Level, string Message)>(
            """
            SELECT sequence, at, level, message FROM job_logs
            WHERE job = (SELECT seq FROM jobs WHERE id = @id) AND sequence > @afterSequence ORDER BY sequence LIMIT @MostLogLines
            """,
            new { id = id.ToString(), afterSequence, ReportText.MostLogLines })
            .Select(row => new JobLogLine(row.Sequence, row.At.ToTime(), (JobLogLevel)row.Level, row.Message)).ToList();
}
