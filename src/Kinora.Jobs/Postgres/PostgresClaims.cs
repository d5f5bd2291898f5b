using Dapper;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Rows;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>Starts jobs, and renews the leases of running ones.</summary>
internal static class PostgresClaims
{
    /// <summary>Queued, in time, not tied to a connection that is gone, for an engine that the worker has, and within the limits.</summary>
    private const string Claimable = $"""
        state = 0 AND (start_by IS NULL OR start_by > {PostgresDatabase.Now}) AND (not_before IS NULL OR not_before <= {PostgresDatabase.Now})
        AND (tied_to IS NULL OR tied_until > {PostgresDatabase.Now}) AND (engine IS NULL OR @engines::text[] IS NULL OR engine = ANY (@engines::text[]))
        AND {QueueLimitRules.Allow}
        """;

    internal const string AnyClaimable = $"SELECT EXISTS (SELECT 1 FROM jobs WHERE {Claimable})";

    /// <summary>Claims at the same time could each see room for one more job; under limits they go one after another. It holds until the statement after it ends.</summary>
    private const string OneAtATimeUnderLimits = """
        SELECT pg_advisory_xact_lock(hashtextextended('kinora claims ' || current_schema(), 0)) FROM (SELECT 1 FROM queue_limits LIMIT 1) AS any_limit
        """;

    private const string Claim = $"""
        UPDATE jobs SET state = 1, attempt = attempt + 1, started_at = {PostgresDatabase.Now}, start_by = NULL, worker_id = @WorkerId,
                        lease_until = {PostgresDatabase.Now} + @lease, phase = NULL, fraction = NULL, version = version + 1
        WHERE seq = (SELECT seq FROM jobs WHERE {Claimable} ORDER BY priority, seq LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id::text AS Id, {JobRow.Columns}
        """;

    private const string Renew = $"""
        UPDATE jobs SET lease_until = {PostgresDatabase.Now} + @lease, phase = coalesce(@phase, phase),
                        fraction = CASE WHEN @fraction::float8 IS NULL THEN fraction ELSE greatest(@fraction, coalesce(fraction, 0)) END,
                        log_sequence = least(log_sequence + @lines, greatest(log_sequence, @MostLogLines)), version = version + @news
        WHERE id = @id AND state = 1 AND attempt = @attempt
        RETURNING seq, log_sequence, cancel_requested
        """;

    // The lines got the last numbers up to log_sequence; what would be beyond the limit is dropped.
    private const string RenewAndLog = $"""
        WITH renewed AS ({Renew}),
        logged AS (
          INSERT INTO job_logs (job, sequence, at, level, message)
          SELECT seq, before + line.number, line.at, line.level, line.message
          FROM renewed, LATERAL (SELECT coalesce(max(sequence), 0) AS before FROM job_logs WHERE job = seq) AS known,
               unnest(@ats, @levels, @messages) WITH ORDINALITY AS line (at, level, message, number)
          WHERE before + line.number <= log_sequence)
        SELECT cancel_requested FROM renewed
        """;

    private const string RenewOnly = $"WITH renewed AS ({Renew}) SELECT cancel_requested FROM renewed";

    /// <returns>The job, and whether there are limits.</returns>
    internal static async Task<(Job? Job, bool UnderLimits)> TryClaimAsync(NpgsqlConnection connection, ClaimTerms terms, long? now, CancellationToken cancellationToken)
    {
        // Both statements are sent at once, and are one transaction.
        var parameters = new { now, engines = terms.Engines?.ToArray(), terms.WorkerId, lease = terms.Lease.ToMilliseconds() };
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition($"{OneAtATimeUnderLimits};\n{Claim}", parameters, cancellationToken: cancellationToken));
        bool underLimits = (await answers.ReadAsync()).Any();
        return ((await answers.ReadSingleOrDefaultAsync<JobRow>())?.ToJob(), underLimits);
    }

    internal static async Task<HeartbeatOutcome> HeartbeatAsync(
        NpgsqlConnection connection, JobHeartbeat heartbeat, long? now, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(new
        {
            now,
            id = heartbeat.Id,
            attempt = heartbeat.Attempt,
            lease = heartbeat.Lease.ToMilliseconds(),
            phase = heartbeat.Progress?.Phase,
            fraction = ReportText.ToFraction(heartbeat.Progress?.Fraction),
            lines = heartbeat.Log.Count,
            ReportText.MostLogLines,
            news = heartbeat.Progress is not null || heartbeat.Log.Count > 0 ? 1 : 0,
        });
        if (heartbeat.Log.Count > 0)
        {
            parameters.Add("ats", heartbeat.Log.Select(line => line.Timestamp.ToUnixTimeMilliseconds()).ToArray());
            parameters.Add("levels", heartbeat.Log.Select(line => (int)line.Level).ToArray());
            parameters.Add("messages", heartbeat.Log.Select(line => ReportText.ToLine(line.Message)).ToArray());
        }

        string sql = heartbeat.Log.Count > 0 ? RenewAndLog : RenewOnly;
        bool? cancelRequested = await connection.QuerySingleOrDefaultAsync<bool?>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return cancelRequested switch
        {
            null => HeartbeatOutcome.LeaseLost,
            true => HeartbeatOutcome.CancelRequested,
            false => HeartbeatOutcome.Renewed,
        };
    }
}
