using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Ends what time has overtaken. Each method answers with the ids it changed.</summary>
internal static class SqliteReaping
{
    private const int LargestBatch = 500;

    internal static List<Guid> Reap(SqliteConnection connection, long now, ConnectionTie tie)
    {
        RenewTies(connection, now, tie);
        return [.. EndLostAttempts(connection, now), .. FailUnstarted(connection, now), .. CancelUntied(connection, now), .. StopUntied(connection, now)];
    }

    /// <summary>Lets every lease and tie of other instances end at once: the caller knows that their processes are gone.</summary>
    /// <returns>How many jobs; webhooks that were being sent come on top.</returns>
    internal static int ExpireAll(SqliteConnection connection, ConnectionTie tie)
    {
        connection.Execute("UPDATE webhook_deliveries SET lease_until = 0 WHERE state = 1 AND lease_until > 0");
        return connection.Execute("UPDATE jobs SET lease_until = 0 WHERE state = 1")
            + connection.Execute("UPDATE jobs SET tied_until = 0 WHERE state < 2 AND tied_to <> @Instance", new { tie.Instance });
    }

    // Running ones too: a retry may put them back into the queue. Not at each reaping, for each renewal is a flush to disk.
    private static void RenewTies(SqliteConnection connection, long now, ConnectionTie tie)
    {
        foreach (int state in new[] { (int)JobState.Queued, (int)JobState.Running })
        {
            connection.Execute(
                $"UPDATE jobs SET tied_until = @until WHERE state = {state} AND tied_to = @Instance AND tied_until < @due",
                new { tie.Instance, until = tie.Until(now), due = tie.RenewalDue(now) });
        }
    }

    private static IEnumerable<Guid> EndLostAttempts(SqliteConnection connection, long now)
    {
        var lost = connection.Query<(string Id, int Attempt, int MaxAttempts, bool CancelRequested, bool Tied)>(
            "SELECT id, attempt, max_attempts, cancel_requested, tied_to IS NOT NULL FROM jobs WHERE state = 1 AND lease_until <= @now LIMIT @LargestBatch",
            new { now, LargestBatch }).ToList();
        foreach (var job in lost)
        {
            var id = Guid.Parse(job.Id);
            if (job.CancelRequested)
                SqliteEnds.ConfirmCancelled(connection, id, job.Attempt, now);
            else
                EndLostAttempt(connection, id, job.Attempt, job.MaxAttempts, job.Tied, now);
            yield return id;
        }
    }

    private static void EndLostAttempt(SqliteConnection connection, Guid id, int attempt, int maxAttempts, bool tied, long now)
    {
        if (!tied && SqliteEnds.TryRetry(connection, id, attempt, now))
            return;

        SqliteEnds.Fail(connection, id, attempt, JobFaults.WorkerLost(maxAttempts, tied), now);
    }

    private static IEnumerable<Guid> FailUnstarted(SqliteConnection connection, long now) =>
        connection.Query<string>(
            """
            UPDATE jobs SET state = 3, ended_at = @now, failure_kind = @kind, failure_can_retry = 0, version = version + 1,
                            failure_message = 'The job did not start within ' || ((start_by - created_at) / 1000.0) || ' s, the limit set with its submit.'
            WHERE seq IN (SELECT seq FROM jobs WHERE state = 0 AND start_by <= @now LIMIT @LargestBatch)
            RETURNING id
            """,
            new { now, kind = (int)JobFailureKind.StartTimeout, LargestBatch }).Select(Guid.Parse);

    private static IEnumerable<Guid> CancelUntied(SqliteConnection connection, long now) =>
        connection.Query<string>(
            """
            UPDATE jobs SET state = 4, ended_at = @now, version = version + 1
            WHERE seq IN (SELECT seq FROM jobs WHERE state = 0 AND tied_to IS NOT NULL AND tied_until <= @now LIMIT @LargestBatch)
            RETURNING id
            """,
            new { now, LargestBatch }).Select(Guid.Parse);

    private static IEnumerable<Guid> StopUntied(SqliteConnection connection, long now) =>
        connection.Query<string>(
            """
            UPDATE jobs SET cancel_requested = 1, version = version + 1
            WHERE state = 1 AND tied_to IS NOT NULL AND tied_until <= @now AND cancel_requested = 0
            RETURNING id
            """,
            new { now }).Select(Guid.Parse);
}
