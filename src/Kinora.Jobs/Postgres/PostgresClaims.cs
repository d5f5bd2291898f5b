using Dapper;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Rows;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>Starts jobs, and renews the leases of running ones.</summary>
internal static class PostgresClaims
{
    /// <summary>
    /// In time, not tied to a connection that is gone, and for an engine that the worker has. A CASE, of which the planner expects that half of the line passes: out of
    /// single conditions it concludes that next to nothing does, and then prefers reading and sorting all of the line to walking along it. Most jobs have no such times:
    /// the clock is not asked for them.
    /// </summary>
    private const string MayStart = $"""
        CASE WHEN NOT (start_by IS NULL AND not_before IS NULL AND tied_until IS NULL)
                  AND (start_by <= {PostgresDatabase.Now} OR not_before > {PostgresDatabase.Now} OR tied_until <= {PostgresDatabase.Now}) THEN false
             ELSE engine IS NULL OR @engines::text[] IS NULL OR engine = ANY (@engines::text[]) END
        """;

    private const string MayStartUnderLimits = $"CASE WHEN NOT ({MayStart}) THEN false ELSE {QueueLimitRules.Allow} END";

    internal const string AnyClaimable = $"SELECT EXISTS (SELECT 1 FROM jobs WHERE {PostgresQueries.IsInLine} AND {MayStartUnderLimits})";

    /// <summary>Claims at the same time could each see room for one more job; under limits they go one after another. It holds until the statement after it ends.</summary>
    private const string OneAtATimeUnderLimits = """
        SELECT pg_advisory_xact_lock(hashtextextended('kinora claims ' || current_schema(), 0)) FROM (SELECT 1 FROM queue_limits LIMIT 1) AS any_limit
        """;

    private const string Start = $"""
        UPDATE jobs SET state = 1, attempt = attempt + 1, started_at = {PostgresDatabase.Now}, start_by = NULL, worker_id = @WorkerId,
                        lease_until = {PostgresDatabase.Now} + @lease, phase = NULL, fraction = NULL, version = version + 1
        """;

    private const string FirstInLine = "ORDER BY priority, seq LIMIT 1 FOR UPDATE SKIP LOCKED";

    /// <summary>The claim of a queue without limits, which is most: a claim under limits costs three times as much. It finds nothing while there are any.</summary>
    internal const string ClaimUnlimited = $"""
        {Start}
        WHERE seq = (SELECT seq FROM jobs WHERE {PostgresQueries.IsInLine} AND {MayStart} AND NOT EXISTS (SELECT 1 FROM queue_limits) {FirstInLine})
        RETURNING id::text AS Id, {JobRow.ClaimedColumns}
        """;

    private const string ClaimUnderLimits = $"""
        {Start}
        WHERE seq = (SELECT seq FROM jobs WHERE {PostgresQueries.IsInLine} AND {MayStartUnderLimits} {FirstInLine})
        RETURNING id::text AS Id, {JobRow.ClaimedColumns}
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

    /// <summary>
    /// Claims the first job in line that may start. <paramref name="expectLimits"/>, whether there were limits the last time, is a guess that saves a statement, and no more.
    /// </summary>
    /// <returns>The job, and whether there are limits.</returns>
    internal static async Task<(Job? Job, bool UnderLimits)> TryClaimAsync(
        NpgsqlConnection connection, ClaimTerms terms, long? now, bool expectLimits, CancellationToken cancellationToken)
    {
        var parameters = new { now, engines = terms.Engines?.ToArray(), terms.WorkerId, lease = terms.Lease.ToMilliseconds() };
        if (!expectLimits
            && await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(ClaimUnlimited, parameters, cancellationToken: cancellationToken)) is { } row)
            return (row.ToJob(), false);

        // Both statements are sent at once, and are one transaction.
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition($"{OneAtATimeUnderLimits};\n{ClaimUnderLimits}", parameters, cancellationToken: cancellationToken));
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
