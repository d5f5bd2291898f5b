namespace Kinora.Jobs.Limits;

/// <summary>
/// Limits that every claim heeds, in every process, until they are removed: they outlive restarts. One implementation per database; all pass
/// <c>JobStoreConformance</c>. A pause of the queue is a limit of 0 on it.
/// </summary>
public interface IQueueLimitStore
{
    /// <summary>All limits, by kind and name.</summary>
    Task<IReadOnlyList<QueueLimit>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Sets a limit from now on, in place of one of the same kind and name.</summary>
    /// <exception cref="ArgumentException">The number is negative, or 0 for <see cref="QueueLimit.Each"/>, or the name does not fit the kind.</exception>
    Task SetAsync(QueueLimit limit, CancellationToken cancellationToken);

    /// <summary>Removes a limit.</summary>
    /// <returns>False if there was none.</returns>
    Task<bool> RemoveAsync(QueueLimitKind kind, string name, CancellationToken cancellationToken);
}
