using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Usage;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>Usage and history in PostgreSQL. Units and prices are whole millionths in the database.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresUsageStore(PostgresDatabase database) : IUsageStore
{
    private const string Condition = "(@Owner::text IS NULL OR owner = @Owner) AND (cardinality(@endpoints) = 0 OR endpoint = ANY (@endpoints))";

    private const string Minutes = $"""
        SELECT at / 60000 AS minute, owner, endpoint, micro_price, sum(micro_units)::bigint, count(*) FROM usage
        WHERE at >= @from AND at < @to AND {Condition} GROUP BY minute, owner, endpoint, micro_price ORDER BY minute, endpoint, owner, micro_price
        """;

    private const string Events = $"""
        SELECT seq, job, owner, endpoint, at, micro_units, micro_price FROM usage
        WHERE at >= @from AND at < @to AND seq < @before AND {Condition} ORDER BY seq DESC LIMIT @limit
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UsageMinute>> ReadMinutesAsync(UsageFilter filter, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<(long Minute, string Owner, string Endpoint, long Price, long Units, long Jobs)>(
            Minutes, Parameters(filter), cancellationToken);
        return rows.ConvertAll(row => new UsageMinute(
            (row.Minute * 60_000).ToTime(), row.Owner, row.Endpoint, Millionths.ToDecimal(row.Price), Millionths.ToDecimal(row.Units), row.Jobs));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UsageEvent>> ReadEventsAsync(UsageFilter filter, long? beforeSequence, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<(long Seq, Guid Job, string Owner, string Endpoint, long At, long Units, long Price)>(
            Events, Parameters(filter, beforeSequence, limit), cancellationToken);
        return rows.ConvertAll(row => new UsageEvent(
            row.Seq, row.Job, row.Owner, row.Endpoint, row.At.ToTime(), new JobCharge(Millionths.ToDecimal(row.Units), Millionths.ToDecimal(row.Price))));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EndedJob>> ReadJobsAsync(
        UsageFilter filter, long? beforeSequence, int limit, bool withPayloads, CancellationToken cancellationToken)
    {
        string sql = $"""
            SELECT id::text AS Id, {EndedJobRow.Columns}{(withPayloads ? EndedJobRow.PayloadColumns : "")} FROM jobs
            WHERE state >= 2 AND ended_at >= @from AND ended_at < @to AND seq < @before AND {Condition} ORDER BY seq DESC LIMIT @limit
            """;
        return (await database.QueryAsync<EndedJobRow>(sql, Parameters(filter, beforeSequence, limit), cancellationToken)).ConvertAll(row => row.ToJob());
    }

    /// <inheritdoc/>
    public Task<PayloadErasure?> ErasePayloadsAsync(Guid id, string? owner, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, _) => EraseAsync(connection, id, owner), cancellationToken);

    private static async Task<PayloadErasure?> EraseAsync(NpgsqlConnection connection, Guid id, string? owner)
    {
        var job = await connection.QuerySingleOrDefaultAsync<(long Seq, int State)?>(
            "SELECT seq, state FROM jobs WHERE id = @id AND (@owner::text IS NULL OR owner = @owner) FOR UPDATE", new { id, owner });
        if (job is not { } found)
            return null;
        if (found.State < (int)JobState.Completed)
            return new PayloadErasure(HasEnded: false, []);

        await PostgresRetention.ErasePayloadsOfAsync(connection, [found.Seq]);
        // As if the job were gone: sweeps then name the blobs until they are surely deleted.
        var blobs = await connection.QueryAsync<string>("UPDATE job_blobs SET job = NULL WHERE job = @Seq RETURNING name", new { found.Seq });
        return new PayloadErasure(HasEnded: true, blobs.AsList());
    }

    private static object Parameters(UsageFilter filter, long? beforeSequence = null, int limit = 0) => new
    {
        filter.Owner,
        endpoints = filter.Endpoints.ToArray(),
        from = filter.From.ToUnixTimeMilliseconds(),
        to = filter.To.ToUnixTimeMilliseconds(),
        before = beforeSequence ?? long.MaxValue,
        limit,
    };
}
