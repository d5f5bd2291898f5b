namespace Kinora.Jobs.Keys;

/// <summary>Hard budgets of owners, which <see cref="IJobStore.EnqueueAsync"/> enforces. One implementation per database.</summary>
public interface IBudgetStore
{
    /// <summary>The budget of an owner, or null if it has none.</summary>
    Task<Budget?> FindAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Sets the budget of an owner from now on: what was spent before does not count.</summary>
    /// <param name="owner">The id of an API key.</param>
    /// <param name="amount">USD, 0 or more, to a millionth; null: no budget any more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task SetAsync(string owner, decimal? amount, CancellationToken cancellationToken);
}
