namespace Kinora.Jobs.Usage;

/// <summary>
/// What was used, and the history of ended jobs. One implementation per database; all pass <c>UsageStoreConformance</c>.
/// Usage is written by <see cref="IJobStore.CompleteAsync"/> in its own transaction, once per job, and outlives the job: retention does not delete it.
/// </summary>
public interface IUsageStore
{
    /// <summary>Sums by minute, owner, endpoint and price, in the order of time.</summary>
    Task<IReadOnlyList<UsageMinute>> ReadMinutesAsync(UsageFilter filter, CancellationToken cancellationToken);

    /// <summary>Single events, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="beforeSequence">Only those with a smaller sequence: the last one of the page before; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<UsageEvent>> ReadEventsAsync(UsageFilter filter, long? beforeSequence, int limit, CancellationToken cancellationToken);

    /// <summary>Ended jobs, latest submit first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="beforeSequence">Only those with a smaller sequence: the last one of the page before; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="withPayloads">Whether to bring input and output.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<EndedJob>> ReadJobsAsync(UsageFilter filter, long? beforeSequence, int limit, bool withPayloads, CancellationToken cancellationToken);

    /// <summary>Erases input, output, log and the failure's detail of an ended job, and takes its blobs from it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="owner">Whose it must be; null: anyone's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null if there is no such job.</returns>
    Task<PayloadErasure?> ErasePayloadsAsync(Guid id, string? owner, CancellationToken cancellationToken);
}
