using Dapper;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Rows;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Starts jobs, and renews the leases of running ones.</summary>
internal static class SqliteClaims
{

    /// <summary>Queued, in time, not tied to a connection that is gone, for an engine that the worker has, and within the limits.</summary>
    private const string Claimable = $"""
        state = 0 AND (start_by IS NULL OR start_by > @now) AND (not_before IS NULL OR not_before <= @now) AND (tied_to IS NULL OR tied_until > @now)
        AND (engine IS NULL OR @anyEngine OR engine IN @engines) AND {QueueLimitRules.Allow}
        """;

    internal static bool AnyClaimable(SqliteConnection connection, IReadOnlyList<string>? engines, long now) =>
        connection.QuerySingle<bool>(
            $"SELECT EXISTS (SELECT 1 FROM jobs WHERE {Claimable})", new { now, anyEngine = engines is null, engines = engines ?? [] });

    internal static Job? TryClaim(SqliteConnection connection, ClaimTerms terms, long now)
    {
        string? id = connection.QuerySingleOrDefault<string>(
            $"""
            UPDATE jobs SET state = 1, attempt = attempt + 1, started_at = @now, start_by = NULL, worker_id = @WorkerId, lease_until = @leaseUntil,
                            phase = NULL, fraction = NULL, version = version + 1
            WHERE seq = (SELECT seq FROM jobs WHERE {Claimable} ORDER BY priority, seq LIMIT 1)
            RETURNING id
            """,
            new { now, anyEngine = terms.Engines is null, engines = terms.Engines ?? [], terms.WorkerId, leaseUntil = now + terms.Lease.ToMilliseconds() });
        return id is null ? null : SqliteQueries.FindJob(connection, Guid.Parse(id));
    }

    internal static HeartbeatOutcome Heartbeat(SqliteConnection connection, JobHeartbeat heartbeat, long now)
    {
        bool news = heartbeat.Progress is not null || heartbeat.Log.Count > 0;
        var renewed = connection.QuerySingleOrDefault<(long Seq, long LogSequence, bool CancelRequested)?>(
            """
            UPDATE jobs SET lease_until = @leaseUntil, phase = coalesce(@phase, phase), fraction = max(coalesce(@fraction, fraction), coalesce(fraction, 0)),
                            log_sequence = min(log_sequence + @lines, max(log_sequence, @MostLogLines)), version = version + @news
            WHERE id = @id AND state = 1 AND attempt = @Attempt
            RETURNING seq, log_sequence, cancel_requested
            """,
            new
            {
                id = heartbeat.Id.ToString(),
                heartbeat.Attempt,
                leaseUntil = now + heartbeat.Lease.ToMilliseconds(),
                phase = heartbeat.Progress?.Phase,
                fraction = ReportText.ToFraction(heartbeat.Progress?.Fraction),
                lines = heartbeat.Log.Count,
                ReportText.MostLogLines,
                news,
            });
        if (renewed is not { } row)
            return HeartbeatOutcome.LeaseLost;

        AppendLog(connection, row.Seq, row.LogSequence, heartbeat);
        return row.CancelRequested ? HeartbeatOutcome.CancelRequested : HeartbeatOutcome.Renewed;
    }

    // The lines got the last numbers up to lastSequence; what would be beyond the limit is dropped.
    private static void AppendLog(SqliteConnection connection, long seq, long lastSequence, JobHeartbeat heartbeat)
    {
        if (heartbeat.Log.Count == 0)
            return;

        long next = connection.QuerySingle<long>("SELECT coalesce(max(sequence), 0) FROM job_logs WHERE job = @seq", new { seq }) + 1;
        foreach (var (timestamp, level, message) in heartbeat.Log)
        {
            if (next > lastSequence)
                return;
            connection.Execute(
                "INSERT INTO job_logs (job, sequence, at, level, message) VALUES (@seq, @next, @at, @level, @message)",
                new { seq, next, at = timestamp.ToUnixTimeMilliseconds(), level = (int)level, message = ReportText.ToLine(message) });
            next++;
        }
    }
}
