using Dapper;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Rows;
using Npgsql;
using NpgsqlTypes;

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

    /// <summary>What a worker needs to know of its job, in the order of <see cref="ToJob"/>.</summary>
    private const string Claimed = """
        id, owner, endpoint, priority, cancel_requested, attempt, max_attempts, created_at, started_at, file_lifecycle, trace_parent, engine, store_payloads,
                  (SELECT input FROM job_inputs WHERE job = seq), has_notes
        """;

    /// <summary>The last column: whether <see cref="AddNotesAsync"/> has something to add.</summary>
    private const int HasNotes = 14;

    private const string FirstInLine = "ORDER BY priority, seq LIMIT 1 FOR UPDATE SKIP LOCKED";

    /// <summary>The claim of a queue without limits, which is most: a claim under limits costs three times as much. It finds nothing while there are any.</summary>
    internal const string ClaimUnlimited = $"""
        {Start}
        WHERE seq = (SELECT seq FROM jobs WHERE {PostgresQueries.IsInLine} AND {MayStart} AND NOT EXISTS (SELECT 1 FROM queue_limits) {FirstInLine})
        RETURNING {Claimed}
        """;

    private const string ClaimUnderLimits = $"""
        {Start}
        WHERE seq = (SELECT seq FROM jobs WHERE {PostgresQueries.IsInLine} AND {MayStartUnderLimits} {FirstInLine})
        RETURNING {Claimed}
        """;

    private static readonly (string, NpgsqlDbType)[] s_terms =
        [("now", NpgsqlDbType.Bigint), ("engines", NpgsqlDbType.Array | NpgsqlDbType.Text), ("WorkerId", NpgsqlDbType.Text), ("lease", NpgsqlDbType.Bigint)];

    private static readonly PostgresStatement s_claimUnlimited = new(ClaimUnlimited, s_terms);
    private static readonly PostgresStatement s_oneAtATimeUnderLimits = new(OneAtATimeUnderLimits);
    private static readonly PostgresStatement s_claimUnderLimits = new(ClaimUnderLimits, s_terms);

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
    /// <returns>The job, whether it has notes (see <see cref="AddNotesAsync"/>), and whether there are limits.</returns>
    internal static async Task<(Job? Job, bool HasNotes, bool UnderLimits)> TryClaimAsync(
        NpgsqlConnection connection, ClaimTerms terms, long? now, bool expectLimits, CancellationToken cancellationToken)
    {
        object?[] values = [now, terms.Engines?.ToArray(), terms.WorkerId, terms.Lease.ToMilliseconds()];
        if (!expectLimits)
        {
            await using var command = s_claimUnlimited.Bind(connection, values);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (await reader.ReadAsync(cancellationToken))
                return (ToJob(reader), reader.GetBoolean(HasNotes), UnderLimits: false);
        }

        // Both statements are sent at once, and are one transaction.
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { s_oneAtATimeUnderLimits.BindPart(), s_claimUnderLimits.BindPart(values) } };
        await using var answers = await batch.ExecuteReaderAsync(cancellationToken);
        bool underLimits = await answers.ReadAsync(cancellationToken);
        await answers.NextResultAsync(cancellationToken);
        return await answers.ReadAsync(cancellationToken) ? (ToJob(answers), answers.GetBoolean(HasNotes), underLimits) : (null, false, underLimits);
    }

    /// <summary>What few submits say beside their input, and no claim of the others need pay for.</summary>
    internal static async Task<Job> AddNotesAsync(NpgsqlConnection connection, Job job, CancellationToken cancellationToken)
    {
        var (tags, faults) = await connection.QuerySingleOrDefaultAsync<(string?, string?)>(new CommandDefinition(
            "SELECT tags, faults FROM job_notes WHERE job = (SELECT seq FROM jobs WHERE id = @id)", new { id = job.Id }, cancellationToken: cancellationToken));
        return job with { Tags = tags, Faults = faults };
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

    private static Job ToJob(NpgsqlDataReader row) => new()
    {
        State = JobState.Running,
        Id = row.GetGuid(0),
        Owner = row.GetString(1),
        Endpoint = row.GetString(2),
        Priority = (JobPriority)row.GetInt32(3),
        CancelRequested = row.GetBoolean(4),
        Attempt = row.GetInt32(5),
        MaxAttempts = row.GetInt32(6),
        CreatedAt = row.GetInt64(7).ToTime(),
        StartedAt = row.GetInt64(8).ToTime(),
        FileLifecycle = GetText(row, 9),
        TraceParent = GetText(row, 10),
        Engine = GetText(row, 11),
        StorePayloads = row.GetBoolean(12),
        Input = GetText(row, 13),
    };

    private static string? GetText(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
