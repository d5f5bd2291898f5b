using System.Globalization;
using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Usage;
using Npgsql;
using NpgsqlTypes;

namespace Kinora.Jobs.Postgres;

/// <summary>Ends attempts and jobs, each in one statement. Its condition is the guard of the transition (see <c>docs/job-states.md</c>).</summary>
internal sealed class PostgresEnds(PostgresDatabase database)
{
    /// <summary>The fence: only the attempt that runs may write.</summary>
    private const string RunsThisAttempt = "id = @id AND state = 1 AND attempt = @attempt";

    private const string StopRunning = $"run_ms = greatest(0, {PostgresDatabase.Now} - started_at), lease_until = NULL, version = version + 1";

    private const string Requeue = $"state = 0, phase = NULL, fraction = NULL, {StopRunning}";

    private const string Cancel = $"UPDATE jobs SET state = 4, ended_at = {PostgresDatabase.Now}, {StopRunning} WHERE {RunsThisAttempt}";

    /// <summary>The whole end of a job that has a result, and its bill; the blobs' part is open at its end.</summary>
    private const string Complete = $"""
        WITH done AS (
          UPDATE jobs SET state = 2, ended_at = {PostgresDatabase.Now}, billable_units = @units, {StopRunning} WHERE {RunsThisAttempt}
          RETURNING seq, id, owner, endpoint, ended_at),
        used AS (INSERT INTO usage (job, owner, endpoint, at, micro_units, micro_price) SELECT id, owner, endpoint, ended_at, @microUnits, @microPrice FROM done),
        put AS (INSERT INTO job_outputs (job, output) SELECT seq, @output FROM done),
        named AS (INSERT INTO job_blobs (name, job) SELECT unnest(@blobNames::text[]), seq FROM done
        """;

    internal const string Completion = $"{Complete}) SELECT true FROM done";

    /// <summary>The same where a blob's name is known already. It costs more, and names are as good as never known: the other one is tried first.</summary>
    private const string CompletionWithKnownBlobs = $"{Complete} ON CONFLICT (name) DO UPDATE SET job = excluded.job) SELECT true FROM done";

    private static readonly (string, NpgsqlDbType)[] s_result =
    [
        ("now", NpgsqlDbType.Bigint), ("id", NpgsqlDbType.Uuid), ("attempt", NpgsqlDbType.Integer), ("output", NpgsqlDbType.Text), ("units", NpgsqlDbType.Text),
        ("microUnits", NpgsqlDbType.Bigint), ("microPrice", NpgsqlDbType.Bigint), ("blobNames", NpgsqlDbType.Array | NpgsqlDbType.Text),
    ];

    private static readonly PostgresStatement s_completion = new(Completion, s_result);
    private static readonly PostgresStatement s_completionWithKnownBlobs = new(CompletionWithKnownBlobs, s_result);

    private const string Failure = $"""
        UPDATE jobs SET state = 3, ended_at = {PostgresDatabase.Now}, failure_kind = @kind, failure_message = @message, failure_can_retry = @CanRetry,
                        failure_detail = @detail, {StopRunning}
        WHERE {RunsThisAttempt}
        """;

    private const string Retry = $"UPDATE jobs SET {Requeue} WHERE {RunsThisAttempt} AND NOT cancel_requested AND attempt - refunded < max_attempts";

    private const string GiveBack = $"UPDATE jobs SET {Requeue}, refunded = refunded + 1 WHERE {RunsThisAttempt} AND NOT cancel_requested AND tied_to IS NULL";

    private const string CancelQueued = $"""
        UPDATE jobs SET state = 4, ended_at = {PostgresDatabase.Now}, run_ms = NULL, cancel_requested = true, version = version + 1 WHERE id = @id AND state = 0
        """;

    // Asking again while the worker lets go changes nothing.
    private const string AskToStop = "UPDATE jobs SET cancel_requested = true, version = version + 1 WHERE id = @id AND state = 1 AND NOT cancel_requested";

    internal async Task<bool> CompleteAsync(
        Guid id, int attempt, string output, JobCharge charge, IReadOnlyList<string> blobNames, CancellationToken cancellationToken)
    {
        object?[] values =
        [
            database.Time, id, attempt, output, charge.Units.ToString(CultureInfo.InvariantCulture), Millionths.Of(charge.Units), Millionths.Of(charge.UnitPrice),
            blobNames.Distinct().ToArray(),
        ];
        try
        {
            return await IsTrueAsync(s_completion, values, cancellationToken);
        }
        catch (PostgresException exception) when (exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "job_blobs_pkey" })
        {
            return await IsTrueAsync(s_completionWithKnownBlobs, values, cancellationToken);
        }
    }

    internal async Task<bool> FailAsync(Guid id, int attempt, JobFailure failure, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            now = database.Time,
            id,
            attempt,
            kind = (int)failure.Kind,
            message = failure.Message.Replace('\0', ' '),
            failure.CanRetry,
            detail = failure.Detail?.Replace('\0', ' '),
        };
        return (failure.CanRetry && (await WriteAsync(Retry, parameters, cancellationToken) || await WriteAsync(Cancel + " AND cancel_requested", parameters, cancellationToken)))
            || await WriteAsync(Failure, parameters, cancellationToken);
    }

    internal Task<bool> ConfirmCancelledAsync(Guid id, int attempt, CancellationToken cancellationToken) =>
        WriteAsync(Cancel, new { now = database.Time, id, attempt }, cancellationToken);

    internal async Task<bool> ReleaseAsync(Guid id, int attempt, CancellationToken cancellationToken) =>
        await WriteAsync(GiveBack, new { now = database.Time, id, attempt }, cancellationToken) || await ConfirmCancelledAsync(id, attempt, cancellationToken);

    /// <summary>Back into the queue, if attempts are left and nobody wants the job stopped.</summary>
    internal Task<bool> TryRetryAsync(Guid id, int attempt, CancellationToken cancellationToken) =>
        WriteAsync(Retry, new { now = database.Time, id, attempt }, cancellationToken);

    /// <summary>Cancels a queued job, or asks the worker of a running one. A job that leaves the queue between the two statements is found by the second.</summary>
    internal async Task<CancelOutcome> RequestCancelAsync(Guid id, CancellationToken cancellationToken)
    {
        var parameters = new { now = database.Time, id };
        while (true)
        {
            if (await WriteAsync(CancelQueued, parameters, cancellationToken) || await WriteAsync(AskToStop, parameters, cancellationToken))
                return CancelOutcome.Requested;
            switch (await database.FindAsync<(int State, bool CancelRequested)?>("SELECT state, cancel_requested FROM jobs WHERE id = @id", parameters, cancellationToken))
            {
                case null:
                    return CancelOutcome.NotFound;
                case { State: (int)JobState.Running, CancelRequested: true }:
                    return CancelOutcome.Requested;
                case { State: (int)JobState.Queued or (int)JobState.Running }:
                    // It went back to the queue, and perhaps out again, meanwhile.
                    continue;
                default:
                    return CancelOutcome.AlreadyEnded;
            }
        }
    }

    private Task<bool> IsTrueAsync(PostgresStatement statement, object?[] values, CancellationToken cancellationToken) =>
        database.RunAsync(
            async connection =>
            {
                await using var command = statement.Bind(connection, values);
                return await command.ExecuteScalarAsync(cancellationToken) is true;
            },
            cancellationToken);

    private async Task<bool> WriteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(sql, parameters, cancellationToken) > 0;
}
