using Dapper;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Rows;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>Stores new jobs; under an idempotency key once.</summary>
internal sealed class PostgresSubmits(PostgresDatabase database, ConnectionTie tie)
{
    /// <summary>The job and all that belongs to it, in one statement. It answers with nothing if the id or the key is there already.</summary>
    private const string Insert = $"""
        WITH j AS (
          INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, start_by, idempotency_key, request_hash, store_payloads,
                            tied_to, tied_until, file_lifecycle, not_before, engine, trace_parent, has_webhook, has_notes)
          VALUES (@Id, @Owner, @Endpoint, 0, @priority, @MaxAttempts, {PostgresDatabase.Now}, {PostgresDatabase.Now} + @startTimeout, @IdempotencyKey, @requestHash,
                  @StorePayloads, @tiedTo, {PostgresDatabase.Now} + @patience, @FileLifecycle, {PostgresDatabase.Now} + @delay, @Engine, @TraceParent,
                  @url::text IS NOT NULL, @HasNotes)
          ON CONFLICT DO NOTHING RETURNING seq, priority),
        i AS (INSERT INTO job_inputs (job, input) SELECT seq, @Input FROM j),
        t AS (INSERT INTO job_texts (job, folded, text) SELECT seq, @folded, @text FROM j WHERE @text::text IS NOT NULL),
        w AS (INSERT INTO webhook_deliveries (job, url, host, origin) SELECT seq, @url, @host, @origin FROM j WHERE @url::text IS NOT NULL),
        n AS (
          INSERT INTO job_notes (job, tags, faults, unit_price, most_units_cost) SELECT seq, @Tags, @Faults, @unitPrice, @mostCost FROM j WHERE @HasNotes)
        SELECT seq, {PostgresQueries.QueuePosition} FROM j
        """;

    private const string Earlier = "SELECT id, request_hash FROM jobs WHERE (owner = @Owner AND idempotency_key = @IdempotencyKey) OR id = @Id";

    private const string LockOwner = "SELECT pg_advisory_xact_lock(hashtextextended('kinora submits ' || current_schema() || ' ' || @Owner, 0))";

    /// <summary>Stores the job. Safe to repeat with the same id: the second time it finds the first.</summary>
    internal async Task<(EnqueueOutcome Outcome, long Seq)> EnqueueAsync(NpgsqlConnection connection, NewJob job, byte[]? requestHash, CancellationToken cancellationToken)
    {
        // What an owner may still submit is decided for one submit at a time.
        bool isLimited = job.MostQueued is not null || job.Price is not null;
        await using var transaction = isLimited ? await connection.BeginTransactionAsync(cancellationToken) : null;
        if (isLimited)
            await connection.ExecuteAsync(LockOwner, new { job.Owner }, transaction);
        if (job.IdempotencyKey is not null && await FindEarlierAsync(connection, job, requestHash) is { } earlier)
            return (earlier, 0);
        if (isLimited && await FindObjectionAsync(connection, job) is { } objection)
            return (objection, 0);

        var inserted = await connection.QuerySingleOrDefaultAsync<(long Seq, long Ahead)?>(
            new CommandDefinition(Insert, Parameters(job, requestHash), transaction, cancellationToken: cancellationToken));
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return inserted is { } row
            ? (new EnqueueOutcome.Accepted(job.Id, (int)row.Ahead), row.Seq)
            : await FindEarlierAsync(connection, job, requestHash) is { } twin ? (twin, 0) : await EnqueueAsync(connection, job, requestHash, cancellationToken);
    }

    // The job itself: a submit whose answer was lost, made again.
    private static async Task<EnqueueOutcome?> FindEarlierAsync(NpgsqlConnection connection, NewJob job, byte[]? requestHash)
    {
        var rows = await connection.QueryAsync<(Guid Id, byte[]? RequestHash)>(Earlier, new { job.Owner, job.IdempotencyKey, job.Id });
        foreach (var (id, hash) in rows)
        {
            if (id == job.Id)
                return new EnqueueOutcome.Accepted(id, 0);
            return hash.AsSpan().SequenceEqual(requestHash) ? new EnqueueOutcome.Replayed(id) : new EnqueueOutcome.Conflict(id);
        }

        return null;
    }

    private static async Task<EnqueueOutcome?> FindObjectionAsync(NpgsqlConnection connection, NewJob job)
    {
        if (job.MostQueued is { } most && await connection.QuerySingleAsync<int>(PostgresQueries.CountQueuedOfOwner, new { owner = job.Owner }) is var queued && queued >= most)
            return new EnqueueOutcome.QueueFull(queued);
        return job.Price is { } price && await PostgresBudgetStore.FindAsync(connection, job.Owner) is { } budget && budget.Spent + budget.Held + price.AtMost > budget.Amount
            ? new EnqueueOutcome.OverBudget(budget)
            : null;
    }

    private object Parameters(NewJob job, byte[]? requestHash) => new
    {
        now = database.Time,
        job.Id,
        job.Owner,
        job.Endpoint,
        priority = (int)job.Priority,
        job.MaxAttempts,
        startTimeout = job.StartTimeout?.ToMilliseconds(),
        job.IdempotencyKey,
        requestHash,
        job.StorePayloads,
        tiedTo = job.TiedToConnection ? tie.Instance : null,
        patience = job.TiedToConnection ? ConnectionTie.Patience.ToMilliseconds() : (long?)null,
        job.FileLifecycle,
        delay = job.Delay?.ToMilliseconds(),
        job.Engine,
        job.TraceParent,
        job.Input,
        url = job.Webhook?.Url.OriginalString,
        host = job.Webhook?.Url.Authority,
        origin = job.Webhook?.Origin,
        text = job.SearchText?.Replace('\0', ' '),
        folded = job.SearchText?.Replace('\0', ' ').ToLowerInvariant(),
        job.Tags,
        job.Faults,
        unitPrice = job.Price is { } price ? Millionths.Of(price.PerUnit) : (long?)null,
        job.HasNotes,
        mostCost = job.Price is { } cost ? Millionths.Of(cost.AtMost) : (long?)null,
    };
}
