using System.Globalization;
using Dapper;
using Kinora.Jobs.Usage;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Ends attempts and jobs. Each statement's condition is the guard of its transition (see <c>docs/job-states.md</c>).</summary>
internal static class SqliteEnds
{
    /// <summary>The fence: only the attempt that runs may write.</summary>
    private const string RunsThisAttempt = "id = @id AND state = 1 AND attempt = @attempt";

    private const string StopRunning = "run_ms = max(0, @now - started_at), lease_until = NULL, version = version + 1";

    private const string Requeue = $"state = 0, phase = NULL, fraction = NULL, {StopRunning}";

    internal static bool Complete(
        SqliteConnection connection, Guid id, int attempt, string output, JobCharge charge, IReadOnlyList<string> blobNames, long now)
    {
        long? seq = connection.QuerySingleOrDefault<long?>(
            $"UPDATE jobs SET state = 2, ended_at = @now, billable_units = @units, {StopRunning} WHERE {RunsThisAttempt} RETURNING seq",
            new { id = id.ToString(), attempt, now, units = charge.Units.ToString(CultureInfo.InvariantCulture) });
        if (seq is null)
            return false;

        SqliteUsage.Record(connection, seq.Value, charge);
        connection.Execute("INSERT INTO job_outputs (job, output) VALUES (@seq, @output)", new { seq, output });
        connection.Execute(
            "INSERT INTO job_blobs (name, job) VALUES (@name, @seq) ON CONFLICT (name) DO UPDATE SET job = excluded.job",
            blobNames.Select(name => new { name, seq }));
        return true;
    }

    internal static bool Fail(SqliteConnection connection, Guid id, int attempt, JobFailure failure, long now)
    {
        if (failure.CanRetry && (TryRetry(connection, id, attempt, now) || TryCancelAsAsked(connection, id, attempt, now)))
            return true;

        return connection.Execute(
            $"""
            UPDATE jobs SET state = 3, ended_at = @now, failure_kind = @kind, failure_message = @Message, failure_can_retry = @CanRetry,
                            failure_detail = @Detail, {StopRunning}
            WHERE {RunsThisAttempt}
            """,
            new { id = id.ToString(), attempt, now, kind = (int)failure.Kind, failure.Message, failure.CanRetry, failure.Detail }) > 0;
    }

    internal static bool ConfirmCancelled(SqliteConnection connection, Guid id, int attempt, long now) =>
        connection.Execute(
            $"UPDATE jobs SET state = 4, ended_at = @now, {StopRunning} WHERE {RunsThisAttempt}", new { id = id.ToString(), attempt, now }) > 0;

    internal static bool Release(SqliteConnection connection, Guid id, int attempt, long now) =>
        connection.Execute(
            $"UPDATE jobs SET {Requeue}, refunded = refunded + 1 WHERE {RunsThisAttempt} AND cancel_requested = 0 AND tied_to IS NULL",
            new { id = id.ToString(), attempt, now }) > 0
        || ConfirmCancelled(connection, id, attempt, now);

    internal static CancelOutcome RequestCancel(SqliteConnection connection, Guid id, long now)
    {
        var parameters = new { id = id.ToString(), now };
        bool cancelled = connection.Execute(
            "UPDATE jobs SET state = 4, ended_at = @now, run_ms = NULL, cancel_requested = 1, version = version + 1 WHERE id = @id AND state = 0",
            parameters) > 0;
        if (cancelled)
            return CancelOutcome.Requested;

        // Asking again while the worker lets go changes nothing.
        connection.Execute("UPDATE jobs SET cancel_requested = 1, version = version + 1 WHERE id = @id AND state = 1 AND cancel_requested = 0", parameters);
        return connection.QuerySingleOrDefault<long?>("SELECT state FROM jobs WHERE id = @id", parameters) switch
        {
            null => CancelOutcome.NotFound,
            (long)JobState.Running => CancelOutcome.Requested,
            _ => CancelOutcome.AlreadyEnded,
        };
    }

    /// <summary>Back into the queue, if attempts are left and nobody wants the job stopped.</summary>
    internal static bool TryRetry(SqliteConnection connection, Guid id, int attempt, long now) =>
        connection.Execute(
            $"UPDATE jobs SET {Requeue} WHERE {RunsThisAttempt} AND cancel_requested = 0 AND attempt - refunded < max_attempts",
            new { id = id.ToString(), attempt, now }) > 0;

    private static bool TryCancelAsAsked(SqliteConnection connection, Guid id, int attempt, long now) =>
        connection.Execute(
            $"UPDATE jobs SET state = 4, ended_at = @now, {StopRunning} WHERE {RunsThisAttempt} AND cancel_requested = 1",
            new { id = id.ToString(), attempt, now }) > 0;
}
