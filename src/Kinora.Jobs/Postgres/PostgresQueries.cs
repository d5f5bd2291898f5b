using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Postgres;

/// <summary>What is read of jobs. Each is one statement, so one snapshot.</summary>
internal static class PostgresQueries
{
    /// <summary>Positions up to here are counted exactly; see <see cref="PostgresQueueHistogram"/> for those beyond.</summary>
    internal const int LargestExactPosition = 1_000;

    /// <summary>
    /// Holds for a job that waits in line, in the words of the index <c>jobs_line</c>. It serves whoever goes along the line, in its order; see the migration 0012.
    /// </summary>
    internal const string IsInLine = "CASE state WHEN 0 THEN true ELSE false END";

    internal const string Job = $"SELECT id::text AS Id, {JobRow.Columns} FROM jobs WHERE id = @id";

    /// <summary>The jobs before the job <c>j</c>: a walk along the index of the queue, which stops where it would become long.</summary>
    internal const string QueuePosition = $"""
        (SELECT count(*) FROM (
          SELECT 1 FROM jobs q WHERE {IsInLine} AND (q.priority, q.seq) < (j.priority, j.seq) ORDER BY q.priority, q.seq LIMIT 1001) ahead)
        """;

    internal const string Status = $"""
        SELECT owner AS Owner, endpoint AS Endpoint, state AS State, phase AS Phase, fraction AS Fraction, cancel_requested AS CancelRequested,
               failure_kind AS FailureKind, failure_message AS FailureMessage, failure_can_retry AS FailureCanRetry, failure_detail AS FailureDetail,
               run_ms AS RunMs, version AS Version, priority AS Priority, seq AS Seq, CASE WHEN state = 0 THEN {QueuePosition} END AS Ahead
        FROM jobs j WHERE id = @id
        """;

    internal const string Log = """
        SELECT sequence, at, level, message FROM job_logs
        WHERE job = (SELECT seq FROM jobs WHERE id = @id) AND sequence > @afterSequence ORDER BY sequence LIMIT @MostLogLines
        """;

    internal const string CountQueued = "SELECT count(*) FROM jobs WHERE state = 0 AND ended_at IS NULL";

    internal const string CountQueuedOfOwner = "SELECT count(*) FROM jobs WHERE state = 0 AND ended_at IS NULL AND owner = @owner";
}
