using Dapper;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Rows;
using Npgsql;

namespace Kinora.Jobs.Postgres;

/// <summary>Budgets in PostgreSQL: whole millionths of a US dollar.</summary>
/// <param name="database">The database; the caller disposes of it.</param>
public sealed class PostgresBudgetStore(PostgresDatabase database) : IBudgetStore
{
    /// <inheritdoc/>
    public Task<Budget?> FindAsync(string owner, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindAsync(connection, owner), cancellationToken);

    /// <inheritdoc/>
    public Task SetAsync(string owner, decimal? amount, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var parameters = new { owner, amount = amount is { } usd ? Millionths.Of(usd) : (long?)null };
                await connection.ExecuteAsync("DELETE FROM spending WHERE owner = @owner", parameters, transaction);
                return await connection.ExecuteAsync(
                    amount is null
                        ? "DELETE FROM budgets WHERE owner = @owner"
                        : "INSERT INTO budgets (owner, amount) VALUES (@owner, @amount) ON CONFLICT (owner) DO UPDATE SET amount = excluded.amount",
                    parameters, transaction);
            },
            cancellationToken);

    internal static async Task<Budget?> FindAsync(NpgsqlConnection connection, string owner)
    {
        // Two sums, each along an index of its state.
        var row = await connection.QuerySingleOrDefaultAsync<(long Amount, long Spent, long Held)?>(
            """
            SELECT amount, coalesce((SELECT amount FROM spending WHERE owner = @owner), 0),
                   ((SELECT coalesce(sum(most_units_cost), 0) FROM jobs JOIN job_notes ON job = seq WHERE state = 0 AND ended_at IS NULL AND owner = @owner)
                   + (SELECT coalesce(sum(most_units_cost), 0) FROM jobs JOIN job_notes ON job = seq WHERE state = 1 AND ended_at IS NULL AND owner = @owner))::bigint
            FROM budgets WHERE owner = @owner
            """,
            new { owner });
        return row is { } found ? new Budget(Millionths.ToDecimal(found.Amount), Millionths.ToDecimal(found.Spent), Millionths.ToDecimal(found.Held)) : null;
    }
}
