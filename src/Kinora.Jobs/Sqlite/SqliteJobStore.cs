using Kinora.Jobs.Rows;
using Kinora.Jobs.Usage;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Sqlite;

/// <summary>The queue in a SQLite file, for one machine. Any number of its processes may have the file open.</summary>
/// <param name="database">The file; the caller disposes of it.</param>
/// <param name="time">The clock of leases, time-outs and retention; the same for all workers, whose own clocks do not matter.</param>
public sealed class SqliteJobStore(SqliteDatabase database, TimeProvider time) : IJobStore
{
    /// <summary>How long a change of another process can go unseen by those who wait.</summary>
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(500);

    private readonly ChangeSignals<Guid> _changes = new();
    private readonly ChangeSignals<int> _queued = new();
    private readonly ConnectionTie _tie = new(Guid.NewGuid().ToString());

    /// <inheritdoc/>
    public async Task<EnqueueOutcome> EnqueueAsync(NewJob job, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(job.MaxAttempts, 1);
        byte[]? requestHash = RequestHash.Of(job);
        var outcome = await database.WriteAsync(
            connection => SqliteSubmits.Enqueue(connection, job, requestHash, time.Now(), _tie), cancellationToken);
        if (outcome is EnqueueOutcome.Accepted)
            _queued.Pulse(0);
        return outcome;
    }

    /// <inheritdoc/>
    public Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        ReadAsync(connection => SqliteQueries.FindJob(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<JobStatus?> FindStatusAsync(Guid id, CancellationToken cancellationToken) =>
        ReadAsync(connection => SqliteStatusQuery.Find(connection, id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(Guid id, long afterSequence, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<JobLogLine>>(connection => SqliteQueries.ReadLog(connection, id, afterSequence), cancellationToken);

    /// <inheritdoc/>
    public Task<int> CountQueuedAsync(string? owner, CancellationToken cancellationToken) =>
        ReadAsync(connection => SqliteQueries.CountQueued(connection, owner), cancellationToken);

    /// <inheritdoc/>
    public Task WaitForChangeAsync(Guid id, long seenVersion, TimeSpan atMost, CancellationToken cancellationToken) =>
        WaitAsync(
            _changes, id, () => database.Read(connection => SqliteQueries.FindVersion(connection, id)) is not { } version || version > seenVersion,
            atMost, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForQueuedAsync(IReadOnlyList<string>? engines, TimeSpan atMost, CancellationToken cancellationToken) =>
        WaitAsync(_queued, 0, () => AnyClaimable(engines), atMost, cancellationToken);

    /// <inheritdoc/>
    public async Task<Job?> TryClaimAsync(ClaimTerms terms, CancellationToken cancellationToken)
    {
        // An idle worker only reads: it does not take the write lock to find nothing.
        if (!AnyClaimable(terms.Engines))
            return null;

        var job = await database.WriteAsync(connection => SqliteClaims.TryClaim(connection, terms, time.Now()), cancellationToken);
        if (job is not null)
            _changes.Pulse(job.Id);
        return job;
    }

    /// <inheritdoc/>
    public async Task<HeartbeatOutcome> HeartbeatAsync(JobHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(connection => SqliteClaims.Heartbeat(connection, heartbeat, time.Now()), cancellationToken);
        if (outcome != HeartbeatOutcome.LeaseLost && (heartbeat.Progress is not null || heartbeat.Log.Count > 0))
            _changes.Pulse(heartbeat.Id);
        return outcome;
    }

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(
        Guid id, int attempt, string output, JobCharge charge, IReadOnlyList<string> blobNames, CancellationToken cancellationToken) =>
        EndAsync(id, (connection, now) => SqliteEnds.Complete(connection, id, attempt, output, charge, blobNames, now), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> FailAsync(Guid id, int attempt, JobFailure failure, CancellationToken cancellationToken) =>
        EndAsync(id, (connection, now) => SqliteEnds.Fail(connection, id, attempt, failure, now), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ConfirmCancelledAsync(Guid id, int attempt, CancellationToken cancellationToken) =>
        EndAsync(id, (connection, now) => SqliteEnds.ConfirmCancelled(connection, id, attempt, now), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(Guid id, int attempt, CancellationToken cancellationToken) =>
        EndAsync(id, (connection, now) => SqliteEnds.Release(connection, id, attempt, now), cancellationToken);

    /// <inheritdoc/>
    public async Task<CancelOutcome> RequestCancelAsync(Guid id, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(connection => SqliteEnds.RequestCancel(connection, id, time.Now()), cancellationToken);
        if (outcome == CancelOutcome.Requested)
        {
            _changes.Pulse(id);
            database.WebhooksDue.Pulse(0);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public async Task<int> ReapAsync(CancellationToken cancellationToken)
    {
        var changed = await database.WriteAsync(connection => SqliteReaping.Reap(connection, time.Now(), _tie), cancellationToken);
        foreach (var id in changed)
            _changes.Pulse(id);
        if (changed.Count > 0)
        {
            _queued.Pulse(0);
            database.WebhooksDue.Pulse(0);
        }

        return changed.Count;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SweepAsync(RetentionOptions retention, CancellationToken cancellationToken)
    {
        await InBatchesAsync(connection => SqliteRetention.DeleteJobs(connection, EndedBy(retention.Jobs)), cancellationToken);
        await InBatchesAsync(connection => SqliteRetention.ErasePayloads(connection, EndedBy(retention.UnstoredPayloads)), cancellationToken);
        return await database.WriteAsync(SqliteRetention.NameOrphanedBlobs, cancellationToken);
    }

    /// <summary>Takes the running jobs and the tied ones from processes that the caller knows to be gone; the next reaping ends or re-queues them.</summary>
    internal Task<int> ExpireAllAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(connection => SqliteReaping.ExpireAll(connection, _tie), cancellationToken);

    private bool AnyClaimable(IReadOnlyList<string>? engines) => database.Read(connection => SqliteClaims.AnyClaimable(connection, engines, time.Now()));

    private long EndedBy(TimeSpan age) => time.Now() - age.ToMilliseconds();

    private async Task<bool> EndAsync(Guid id, Func<SqliteConnection, long, bool> end, CancellationToken cancellationToken)
    {
        bool ended = await database.WriteAsync(connection => end(connection, time.Now()), cancellationToken);
        if (ended)
        {
            _changes.Pulse(id);
            _queued.Pulse(0);
            database.WebhooksDue.Pulse(0);
        }

        return ended;
    }

    private async Task InBatchesAsync(Func<SqliteConnection, int> sweep, CancellationToken cancellationToken)
    {
        while (await database.WriteAsync(sweep, cancellationToken) == SqliteRetention.LargestBatch)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : Task.FromResult(database.Read(query));

    private static async Task WaitAsync<TKey>(
        ChangeSignals<TKey> signals, TKey key, Func<bool> happened, TimeSpan atMost, CancellationToken cancellationToken)
        where TKey : notnull
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            using var subscription = signals.Subscribe(key);
            var left = atMost - TimeProvider.System.GetElapsedTime(start);
            if (happened() || left <= TimeSpan.Zero)
                return;

            // Running out of time is the usual end of a wait, not worth a throw.
            await subscription.Pulsed.WaitAsync(left < s_lookAgain ? left : s_lookAgain, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
