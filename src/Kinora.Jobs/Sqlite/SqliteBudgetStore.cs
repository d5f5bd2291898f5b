using Dapper;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Rows;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>Budgets in the queue's SQLite file: whole millionths of a US dollar.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
public sealed class SqliteBudgetStore(SqliteDatabase database) : IBudgetStore
{
    /// <inheritdoc/>
    public Task<Budget?> FindAsync(string owner, CancellationToken cancellationToken) => Task.FromResult(database.Read(connection => Find(connection, owner)));

    /// <inheritdoc/>
    public Task SetAsync(string owner, decimal? amount, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            connection.Execute("DELETE FROM budgets WHERE owner = @owner", new { owner });
            connection.Execute("DELETE FROM spending WHERE owner = @owner", new { owner });
            return amount is { } usd ? connection.Execute("INSERT INTO budgets (owner, amount) VALUES (@owner, @amount)", new { owner, amount = Millionths.Of(usd) }) : 0;
        },
        cancellationToken);

    internal static Budget? Find(SqliteConnection connection, string owner)
    {
        // Two sums, each along an index of its state.
        var row = connection.QuerySingleOrDefault<(long Amount, long Spent, long Held)?>(
            """
            SELECT amount, coalesce((SELECT amount FROM spending WHERE owner = @owner), 0),
                   (SELECT coalesce(sum(most_units_cost), 0) FROM jobs JOIN job_notes ON job = seq WHERE state = 0 AND owner = @owner)
                   + (SELECT coalesce(sum(most_units_cost), 0) FROM jobs JOIN job_notes ON job = seq WHERE state = 1 AND owner = @owner)
            FROM budgets WHERE owner = @owner
            """,
            new { owner });
        return row is { } found ? new Budget(Millionths.ToDecimal(found.Amount), Millionths.ToDecimal(found.Spent), Millionths.ToDecimal(found.Held)) : null;
    }
}
