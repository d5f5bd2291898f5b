using Dapper;
using Kinora.Jobs.Rows;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Stores new jobs; under an idempotency key once.</summary>
internal static class SqliteSubmits
{
    internal static EnqueueOutcome Enqueue(SqliteConnection connection, NewJob job, byte[]? requestHash, long now, ConnectionTie tie)
    {
        if (job.IdempotencyKey is not null && FindEarlier(connection, job) is { } earlier)
        {
            var id = Guid.Parse(earlier.Id);
            return earlier.RequestHash.AsSpan().SequenceEqual(requestHash) ? new EnqueueOutcome.Replayed(id) : new EnqueueOutcome.Conflict(id);
        }

        if (FindObjection(connection, job) is { } objection)
            return objection;

        long seq = Insert(connection, job, requestHash, now, tie);
        connection.Execute("INSERT INTO job_inputs (job, input) VALUES (@seq, @Input)", new { seq, job.Input });
        InsertExtras(connection, seq, job);
        return new EnqueueOutcome.Accepted(job.Id, SqliteQueries.FindQueuePosition(connection, seq));
    }

    // In the transaction of the insert, so that of many submits at once none slips through.
    private static EnqueueOutcome? FindObjection(SqliteConnection connection, NewJob job)
    {
        if (job.MostQueued is { } most && SqliteQueries.CountQueued(connection, job.Owner) is var queued && queued >= most)
            return new EnqueueOutcome.QueueFull(queued);
        return job.Price is { } price && SqliteBudgetStore.Find(connection, job.Owner) is { } budget && budget.Spent + budget.Held + price.AtMost > budget.Amount
            ? new EnqueueOutcome.OverBudget(budget)
            : null;
    }

    private static (string Id, byte[] RequestHash)? FindEarlier(SqliteConnection connection, NewJob job) =>
        connection.QuerySingleOrDefault<(string, byte[])?>(
            "SELECT id, request_hash FROM jobs WHERE owner = @Owner AND idempotency_key = @IdempotencyKey", new { job.Owner, job.IdempotencyKey });

    private static long Insert(SqliteConnection connection, NewJob job, byte[]? requestHash, long now, ConnectionTie tie) =>
        connection.QuerySingle<long>(
            """
            INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, start_by, idempotency_key, request_hash, store_payloads,
                              tied_to, tied_until, file_lifecycle, not_before, engine, trace_parent, has_webhook, has_notes)
            VALUES (@Id, @Owner, @Endpoint, 0, @Priority, @MaxAttempts, @now, @startBy, @IdempotencyKey, @requestHash, @StorePayloads,
                    @tiedTo, @tiedUntil, @FileLifecycle, @notBefore, @Engine, @TraceParent, @hasWebhook, @HasNotes)
            RETURNING seq
            """,
            new
            {
                Id = job.Id.ToString(),
                job.Owner,
                job.Endpoint,
                Priority = (int)job.Priority,
                job.MaxAttempts,
                now,
                startBy = now + job.StartTimeout?.ToMilliseconds(),
                job.IdempotencyKey,
                requestHash,
                job.StorePayloads,
                job.FileLifecycle,
                job.Engine,
                job.TraceParent,
                tiedTo = job.TiedToConnection ? tie.Instance : null,
                tiedUntil = job.TiedToConnection ? tie.Until(now) : (long?)null,
                notBefore = now + job.Delay?.ToMilliseconds(),
                hasWebhook = job.Webhook is not null,
                job.HasNotes,
            });

    // What a job does not have it does not pay for.
    private static void InsertExtras(SqliteConnection connection, long seq, NewJob job)
    {
        if (job.Webhook is { } webhook)
        {
            connection.Execute(
                "INSERT INTO webhook_deliveries (job, url, host, origin) VALUES (@seq, @url, @host, @Origin)",
                new { seq, url = webhook.Url.OriginalString, host = webhook.Url.Authority, webhook.Origin });
        }

        if (job.SearchText is { } text)
            connection.Execute("INSERT INTO job_texts (job, folded, text) VALUES (@seq, @folded, @text)", new { seq, folded = text.ToLowerInvariant(), text });

        if (!job.HasNotes)
            return;
        connection.Execute(
            "INSERT INTO job_notes (job, tags, faults, unit_price, most_units_cost) VALUES (@seq, @Tags, @Faults, @unitPrice, @most)",
            new
            {
                seq,
                job.Tags,
                job.Faults,
                unitPrice = job.Price is { } price ? Millionths.Of(price.PerUnit) : (long?)null,
                most = job.Price is { } cost ? Millionths.Of(cost.AtMost) : (long?)null,
            });
    }
}
