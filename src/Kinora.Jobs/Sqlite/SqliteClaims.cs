using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Starts jobs, and renews the leases of running ones.</summary>
internal static class SqliteClaims
{
    private const int MostLogLines = 10_000;
    private const int LongestMessage = 4_096;

    /// <summary>Queued, in time, and not tied to another process's connection.</summary>
    private const string Claimable = "state = 0 AND (start_by IS NULL OR start_by > @now) AND (not_before IS NULL OR not_before <= @now) AND (tied_to IS NULL OR tied_to = @Instance)";

    internal static bool AnyClaimable(SqliteConnection connection, long now, SqliteTie tie) =>
        connection.QuerySingle<bool>($"SELECT EXISTS (SELECT 1 FROM jobs WHERE {Claimable})", new { now, tie.Instance });

    internal static Job? TryClaim(SqliteConnection connection, string workerId, TimeSpan lease, long now, SqliteTie tie)
    {
        string? id = connection.QuerySingleOrDefault<string>(
            $"""
            UPDATE jobs SET state = 1, attempt = attempt + 1, started_at = @now, start_by = NULL, worker_id = @workerId, lease_until = @leaseUntil,
                            phase = NULL, fraction = NULL, version = version + 1
            WHERE seq = (SELECT seq FROM jobs WHERE {Claimable} ORDER BY priority, seq LIMIT 1)
            RETURNING id
            """,
            new { now, tie.Instance, workerId, leaseUntil = now + lease.ToMilliseconds() });
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
                fraction = ToFraction(heartbeat.Progress?.Fraction),
                lines = heartbeat.Log.Count,
                MostLogLines,
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
                new { seq, next, at = timestamp.ToUnixTimeMilliseconds(), level = (int)level, message = ToLine(message) });
            next++;
        }
    }

    private static double? ToFraction(double? fraction) => fraction is not { } value ? null : double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);

    private static string ToLine(string message)
    {
        if (message.Length > LongestMessage)
            message = message[..(char.IsHighSurrogate(message[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage)];
        return message.AsSpan().ContainsAnyInRange('\0', '\x1f') ? string.Concat(message.Select(letter => letter < ' ' ? ' ' : letter)) : message;
    }
}
