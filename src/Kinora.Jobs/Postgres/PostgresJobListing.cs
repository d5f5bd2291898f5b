using System.Text;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Rows;

namespace Kinora.Jobs.Postgres;

/// <summary>Lists out of PostgreSQL. A page goes backwards along the submits (of one owner), so its cost does not grow with how far back it is.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresJobListing(PostgresDatabase database) : IJobListing
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ListedJob>> ListAsync(JobFilter filter, long? beforeSequence, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<ListedJobRow>(
            $"SELECT id::text AS Id, {ListedJobRow.Columns} FROM jobs WHERE {ConditionOf(filter)} ORDER BY seq DESC LIMIT @limit",
            new
            {
                filter.Owner,
                id = filter.Id,
                filter.Endpoint,
                states = filter.States.Select(state => (int)state).ToArray(),
                from = filter.From?.ToUnixTimeMilliseconds(),
                to = filter.To?.ToUnixTimeMilliseconds(),
                text = filter.Text?.ToLowerInvariant().Replace('\0', ' '),
                before = beforeSequence ?? long.MaxValue,
                limit,
            },
            cancellationToken);
        return rows.ConvertAll(row => row.ToJob());
    }

    // Only what is asked for, so that the planner sees which index serves.
    private static string ConditionOf(JobFilter filter)
    {
        var condition = new StringBuilder("seq < @before");
        void Add(bool isAsked, string part) => condition.Append(isAsked ? " AND " + part : "");
        Add(filter.Owner is not null, "owner = @Owner");
        Add(filter.Id is not null, "id = @id");
        Add(filter.Endpoint is not null, "endpoint = @Endpoint");
        Add(filter.States.Count > 0, "state = ANY (@states)");
        Add(filter.States.Count > 0 && filter.States.All(state => state is JobState.Queued or JobState.Running), "ended_at IS NULL");
        Add(filter.From is not null, "created_at >= @from");
        Add(filter.To is not null, "created_at < @to");
        Add(filter.Text is not null, "EXISTS (SELECT 1 FROM job_texts WHERE job = seq AND strpos(folded, @text) > 0)");
        return condition.ToString();
    }
}
