using Dapper;
using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Postgres;

/// <summary>Ends what time has overtaken. Each method answers with the ids it changed. Several processes that reap at once pass over each other's rows.</summary>
internal sealed class PostgresReaping(PostgresDatabase database, PostgresEnds ends, ConnectionTie tie)
{
    private const int LargestBatch = 500;

    private const string IsLost = $"state = 1 AND ended_at IS NULL AND lease_until <= {PostgresDatabase.Now}";

    /// <summary>Begins a condition on the moment until which a job may wait to start, or its connection may be silent: the words of the index <c>jobs_timed</c>.</summary>
    private const string Timed = "CASE WHEN start_by IS NULL AND tied_to IS NULL THEN false ELSE state < 2 END AND least(start_by, tied_until)";

    private const string IsOverdue = $"{Timed} <= {PostgresDatabase.Now}";
    private const string IsUnstarted = $"{IsOverdue} AND state = 0 AND start_by <= {PostgresDatabase.Now}";
    private const string IsUntied = $"{IsOverdue} AND tied_to IS NOT NULL AND tied_until <= {PostgresDatabase.Now}";
    private const string IsMineAndDue = $"{Timed} < {PostgresDatabase.Now} + @due AND tied_to = @Instance AND tied_until < {PostgresDatabase.Now} + @due";

    /// <summary>One small read says whether there is anything to do: reaping costs an idle database next to nothing.</summary>
    internal const string AnythingDue = $"""
        SELECT EXISTS (SELECT 1 FROM jobs WHERE {IsLost})
            OR EXISTS (SELECT 1 FROM jobs WHERE {IsUnstarted})
            OR EXISTS (SELECT 1 FROM jobs WHERE {IsUntied})
            OR EXISTS (SELECT 1 FROM jobs WHERE {IsMineAndDue})
        """;

    private const string RenewTies = $"UPDATE jobs SET tied_until = {PostgresDatabase.Now} + @patience WHERE {IsMineAndDue}";

    private const string Lost = $"""
        SELECT id, attempt, max_attempts, cancel_requested, tied_to IS NOT NULL FROM jobs WHERE {IsLost} LIMIT @LargestBatch
        """;

    private const string FailUnstarted = $"""
        UPDATE jobs SET state = 3, ended_at = {PostgresDatabase.Now}, failure_kind = @kind, failure_can_retry = false, version = version + 1,
                        failure_message = 'The job did not start within ' || ((start_by - created_at) / 1000.0)::float8 || ' s, the limit set with its submit.'
        WHERE seq IN (SELECT seq FROM jobs WHERE {IsUnstarted} LIMIT @LargestBatch FOR UPDATE SKIP LOCKED)
        RETURNING id
        """;

    private const string CancelUntied = $"""
        UPDATE jobs SET state = 4, ended_at = {PostgresDatabase.Now}, version = version + 1
        WHERE seq IN (SELECT seq FROM jobs WHERE {IsUntied} AND state = 0 LIMIT @LargestBatch FOR UPDATE SKIP LOCKED)
        RETURNING id
        """;

    private const string StopUntied = $"""
        UPDATE jobs SET cancel_requested = true, version = version + 1
        WHERE seq IN (SELECT seq FROM jobs WHERE {IsUntied} AND state = 1 AND NOT cancel_requested LIMIT @LargestBatch FOR UPDATE SKIP LOCKED)
        RETURNING id
        """;

    internal async Task<List<Guid>> ReapAsync(CancellationToken cancellationToken)
    {
        var parameters = new
        {
            now = database.Time,
            tie.Instance,
            due = (ConnectionTie.Patience / 2).ToMilliseconds(),
            patience = ConnectionTie.Patience.ToMilliseconds(),
            kind = (int)JobFailureKind.StartTimeout,
            LargestBatch,
        };
        if (!await database.FindAsync<bool>(AnythingDue, parameters, cancellationToken))
            return [];

        await database.ExecuteAsync(RenewTies, parameters, cancellationToken);
        var changed = await EndLostAttemptsAsync(parameters, cancellationToken);
        foreach (string sql in (string[])[FailUnstarted, CancelUntied, StopUntied])
            changed.AddRange(await UpdateAsync(sql, parameters, cancellationToken));
        return changed;
    }

    private async Task<List<Guid>> EndLostAttemptsAsync(object parameters, CancellationToken cancellationToken)
    {
        var changed = new List<Guid>();
        var lost = await database.QueryAsync<(Guid Id, int Attempt, int MaxAttempts, bool CancelRequested, bool Tied)>(Lost, parameters, cancellationToken);
        foreach (var job in lost)
        {
            bool ended = job.CancelRequested
                ? await ends.ConfirmCancelledAsync(job.Id, job.Attempt, cancellationToken)
                : await EndLostAttemptAsync(job.Id, job.Attempt, job.MaxAttempts, job.Tied, cancellationToken);
            if (ended)
                changed.Add(job.Id);
        }

        return changed;
    }

    private async Task<bool> EndLostAttemptAsync(Guid id, int attempt, int maxAttempts, bool tied, CancellationToken cancellationToken) =>
        (!tied && await ends.TryRetryAsync(id, attempt, cancellationToken))
        || await ends.FailAsync(id, attempt, JobFaults.WorkerLost(maxAttempts, tied), cancellationToken);

    private Task<List<Guid>> UpdateAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        database.RunAsync(
            async connection => (await connection.QueryAsync<Guid>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList(),
            cancellationToken);
}
