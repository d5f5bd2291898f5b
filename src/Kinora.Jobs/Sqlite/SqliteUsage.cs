using Dapper;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Usage;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>The statements behind <see cref="SqliteUsageStore"/>. Units and prices are whole millionths in the database.</summary>
internal static class SqliteUsage
{
    private const string Condition = "(@Owner IS NULL OR owner = @Owner) AND (@allEndpoints OR endpoint IN @Endpoints)";

    /// <summary>Records what a job is worth. The job's row must have ended already, in the same transaction.</summary>
    internal static void Record(SqliteConnection connection, long seq, JobCharge charge) =>
        connection.Execute(
            "INSERT INTO usage (job, owner, endpoint, at, micro_units, micro_price) SELECT id, owner, endpoint, ended_at, @units, @price FROM jobs WHERE seq = @seq",
            new { seq, units = Millionths.Of(charge.Units), price = Millionths.Of(charge.UnitPrice) });

    internal static List<UsageMinute> ReadMinutes(SqliteConnection connection, UsageFilter filter) =>
        connection.Query<(long Minute, string Owner, string Endpoint, long Price, long Units, long Jobs)>(
            $"""
            SELECT at / 60000 AS minute, owner, endpoint, micro_price, sum(micro_units), count(*) FROM usage
            WHERE at >= @from AND at < @to AND {Condition} GROUP BY minute, owner, endpoint, micro_price ORDER BY minute, endpoint, owner, micro_price
            """,
            Parameters(filter))
            .Select(row => new UsageMinute((row.Minute * 60_000).ToTime(), row.Owner, row.Endpoint, Millionths.ToDecimal(row.Price), Millionths.ToDecimal(row.Units), row.Jobs)).ToList();

    internal static List<UsageEvent> ReadEvents(SqliteConnection connection, UsageFilter filter, long? beforeSequence, int limit) =>
        connection.Query<(long Seq, string Job, string Owner, string Endpoint, long At, long Units, long Price)>(
            $"""
            SELECT seq, job, owner, endpoint, at, micro_units, micro_price FROM usage
            WHERE at >= @from AND at < @to AND seq < @before AND {Condition} ORDER BY seq DESC LIMIT @limit
            """,
            Parameters(filter, beforeSequence, limit))
            .Select(row => new UsageEvent(
                row.Seq, Guid.Parse(row.Job), row.Owner, row.Endpoint, row.At.ToTime(), new JobCharge(Millionths.ToDecimal(row.Units), Millionths.ToDecimal(row.Price)))).ToList();

    internal static List<EndedJob> ReadJobs(SqliteConnection connection, UsageFilter filter, long? beforeSequence, int limit, bool withPayloads) =>
        connection.Query<EndedJobRow>(
            $"""
            SELECT id, {EndedJobRow.Columns}{(withPayloads ? EndedJobRow.PayloadColumns : "")} FROM jobs
            WHERE state >= 2 AND ended_at >= @from AND ended_at < @to AND seq < @before AND {Condition} ORDER BY seq DESC LIMIT @limit
            """,
            Parameters(filter, beforeSequence, limit)).Select(row => row.ToJob()).ToList();

    internal static PayloadErasure? ErasePayloads(SqliteConnection connection, Guid id, string? owner)
    {
        var job = connection.QuerySingleOrDefault<(long Seq, long State)?>(
            "SELECT seq, state FROM jobs WHERE id = @id AND (@owner IS NULL OR owner = @owner)", new { id = id.ToString(), owner });
        if (job is not { } found)
            return null;
        if (found.State < (long)JobState.Completed)
            return new PayloadErasure(HasEnded: false, []);

        SqliteRetention.ErasePayloadsOf(connection, [found.Seq]);
        // As if the job were gone: sweeps then name the blobs until they are surely deleted.
        var blobs = connection.Query<string>("UPDATE job_blobs SET job = NULL WHERE job = @Seq RETURNING name", new { found.Seq }).ToList();
        return new PayloadErasure(HasEnded: true, blobs);
    }

    private static object Parameters(UsageFilter filter, long? beforeSequence = null, int limit = 0) => new
    {
        filter.Owner,
        filter.Endpoints,
        allEndpoints = filter.Endpoints.Count == 0,
        from = filter.From.ToUnixTimeMilliseconds(),
        to = filter.To.ToUnixTimeMilliseconds(),
        before = beforeSequence ?? long.MaxValue,
        limit,
    };
}
