using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Sqlite;

/// <summary>Usage and history in the queue's SQLite file.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
public sealed class SqliteUsageStore(SqliteDatabase database) : IUsageStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageMinute>> ReadMinutesAsync(UsageFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UsageMinute>>(database.Read(connection => SqliteUsage.ReadMinutes(connection, filter)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageEvent>> ReadEventsAsync(UsageFilter filter, long? beforeSequence, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UsageEvent>>(database.Read(connection => SqliteUsage.ReadEvents(connection, filter, beforeSequence, limit)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<EndedJob>> ReadJobsAsync(
        UsageFilter filter, long? beforeSequence, int limit, bool withPayloads, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EndedJob>>(database.Read(connection => SqliteUsage.ReadJobs(connection, filter, beforeSequence, limit, withPayloads)));

    /// <inheritdoc/>
    public Task<PayloadErasure?> ErasePayloadsAsync(Guid id, string? owner, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => SqliteUsage.ErasePayloads(connection, id, owner), cancellationToken);
}
