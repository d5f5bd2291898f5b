using System.Text;
using Dapper;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Rows;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Lists out of the queue's SQLite file. A page goes backwards along the submits (of one owner), so its cost does not grow with how far back it is.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
public sealed class SqliteJobListing(SqliteDatabase database) : IJobListing
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ListedJob>> ListAsync(JobFilter filter, long? beforeSequence, int limit, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<IReadOnlyList<ListedJob>>(cancellationToken)
            : Task.FromResult<IReadOnlyList<ListedJob>>(database.Read(connection => List(connection, filter, beforeSequence, limit)));

    private static List<ListedJob> List(SqliteConnection connection, JobFilter filter, long? beforeSequence, int limit) =>
        connection.Query<ListedJobRow>(
            $"SELECT id, {ListedJobRow.Columns} FROM jobs WHERE {ConditionOf(filter)} ORDER BY seq DESC LIMIT @limit",
            new
            {
                filter.Owner,
                id = filter.Id?.ToString(),
                filter.Endpoint,
                states = filter.States.Select(state => (int)state),
                from = filter.From?.ToUnixTimeMilliseconds(),
                to = filter.To?.ToUnixTimeMilliseconds(),
                text = filter.Text?.ToLowerInvariant(),
                before = beforeSequence ?? long.MaxValue,
                limit,
            }).Select(row => row.ToJob()).ToList();

    // Only what is asked for, so that the planner sees which index serves.
    private static string ConditionOf(JobFilter filter)
    {
        var condition = new StringBuilder("seq < @before");
        void Add(bool isAsked, string part) => condition.Append(isAsked ? " AND " + part : "");
        Add(filter.Owner is not null, "owner = @Owner");
        Add(filter.Id is not null, "id = @id");
        Add(filter.Endpoint is not null, "endpoint = @Endpoint");
        Add(filter.States.Count > 0, "state IN @states");
        Add(filter.From is not null, "created_at >= @from");
        Add(filter.To is not null, "created_at < @to");
        Add(filter.Text is not null, "EXISTS (SELECT 1 FROM job_texts WHERE job = seq AND instr(folded, @text) > 0)");
        return condition.ToString();
    }
}
