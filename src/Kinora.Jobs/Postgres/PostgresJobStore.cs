using Kinora.Jobs.Rows;
using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Postgres;

/// <summary>
/// The queue in PostgreSQL, for any number of machines. Every transition is one statement whose condition guards it; claims pass over rows that others are just
/// claiming (<c>FOR UPDATE SKIP LOCKED</c>).
/// </summary>
public sealed class PostgresJobStore : IJobStore, IDisposable
{
    /// <summary>How long a change of another process can go unseen by those who wait: seldom that long, for notifications are lost with a connection only.</summary>
    private static readonly TimeSpan s_lookAgainListening = TimeSpan.FromSeconds(2);

    /// <summary>The same while nothing is heard.</summary>
    private static readonly TimeSpan s_lookAgainDeaf = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a worker looks for work that nobody told it of: jobs whose delay or limit is over.</summary>
    private static readonly TimeSpan s_lookForWork = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_lookForWorkDeaf = TimeSpan.FromSeconds(1.5);

    private readonly PostgresDatabase _database;
    private readonly ConnectionTie _tie = new(Guid.NewGuid().ToString());
    private readonly PostgresSubmits _submits;
    private readonly PostgresEnds _ends;
    private readonly PostgresReaping _reaping;
    private readonly PostgresQueueHistogram _histogram;

    // Whether the last claim found limits: only then does the end of a job make room for another, and the next claim had better ask for them at once.
    private volatile bool _underLimits;

    /// <param name="database">The database; the caller disposes of it.</param>
    public PostgresJobStore(PostgresDatabase database)
    {
        _database = database;
        _submits = new PostgresSubmits(database, _tie);
        _ends = new PostgresEnds(database);
        _reaping = new PostgresReaping(database, _ends, _tie);
        _histogram = new PostgresQueueHistogram(database);
    }

    private PostgresSignals Signals => _database.Signals;

    /// <inheritdoc/>
    public void Dispose() => _histogram.Dispose();

    /// <inheritdoc/>
    public async Task<EnqueueOutcome> EnqueueAsync(NewJob job, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(job.MaxAttempts, 1);
        byte[]? requestHash = RequestHash.Of(job);

        // Repeated if the database went away: a first try that was stored after all is found by the job's id.
        var (outcome, seq) = await _database.ReadAsync(connection => _submits.EnqueueAsync(connection, job, requestHash, cancellationToken), cancellationToken);
        if (outcome is not EnqueueOutcome.Accepted accepted)
            return outcome;
        Signals.JobQueued();
        return accepted.QueuePosition > PostgresQueries.LargestExactPosition
            ? accepted with { QueuePosition = await _histogram.CountAheadAsync((int)job.Priority, seq, cancellationToken) }
            : accepted;
    }

    /// <inheritdoc/>
    public async Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await _database.FindAsync<JobRow>(PostgresQueries.Job, new { id }, cancellationToken))?.ToJob();

    /// <inheritdoc/>
    public async Task<JobStatus?> FindStatusAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await _database.FindAsync<StatusRow>(PostgresQueries.Status, new { id }, cancellationToken) is not { } row)
            return null;
        if (row.Ahead > PostgresQueries.LargestExactPosition)
            row.Ahead = await _histogram.CountAheadAsync(row.Priority, row.Seq, cancellationToken);
        return row.ToStatus(id);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobLogLine>> ReadLogAsync(Guid id, long afterSequence, CancellationToken cancellationToken)
    {
        var rows = await _database.QueryAsync<(long Sequence, long At, int Level, string Message)>(
            PostgresQueries.Log, new { id, afterSequence, ReportText.MostLogLines }, cancellationToken);
        return rows.ConvertAll(row => new JobLogLine(row.Sequence, row.At.ToTime(), (JobLogLevel)row.Level, row.Message));
    }

    /// <inheritdoc/>
    public Task<int> CountQueuedAsync(string? owner, CancellationToken cancellationToken) =>
        _database.FindAsync<int>(owner is null ? PostgresQueries.CountQueued : PostgresQueries.CountQueuedOfOwner, new { owner }, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForChangeAsync(Guid id, long seenVersion, TimeSpan atMost, CancellationToken cancellationToken) =>
        WaitAsync(
            Signals.Jobs, id,
            async () => await _database.FindAsync<long?>("SELECT version FROM jobs WHERE id = @id", new { id }, cancellationToken) is not { } version || version > seenVersion,
            atMost, () => Signals.IsListening ? s_lookAgainListening : s_lookAgainDeaf, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForQueuedAsync(IReadOnlyList<string>? engines, TimeSpan atMost, CancellationToken cancellationToken) =>
        WaitAsync(
            Signals.Claimable, 0,
            () => _database.FindAsync<bool>(PostgresClaims.AnyClaimable, new { now = _database.Time, engines = engines?.ToArray() }, cancellationToken),
            atMost, () => Signals.IsListening ? s_lookForWork : s_lookForWorkDeaf, cancellationToken);

    /// <inheritdoc/>
    public async Task<Job?> TryClaimAsync(ClaimTerms terms, CancellationToken cancellationToken)
    {
        (var job, bool hasNotes, _underLimits) = await _database.RunAsync(
            connection => PostgresClaims.TryClaimAsync(connection, terms, _database.Time, _underLimits, cancellationToken), cancellationToken);
        if (job is null)
            return null;

        Signals.JobChanged(job.Id);
        return hasNotes ? await _database.ReadAsync(connection => PostgresClaims.AddNotesAsync(connection, job, cancellationToken), cancellationToken) : job;
    }

    /// <inheritdoc/>
    public async Task<HeartbeatOutcome> HeartbeatAsync(JobHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        var outcome = await _database.RunAsync(
            connection => PostgresClaims.HeartbeatAsync(connection, heartbeat, _database.Time, cancellationToken), cancellationToken);
        if (outcome != HeartbeatOutcome.LeaseLost && (heartbeat.Progress is not null || heartbeat.Log.Count > 0))
            Signals.JobChanged(heartbeat.Id);
        return outcome;
    }

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(
        Guid id, int attempt, string output, JobCharge charge, IReadOnlyList<string> blobNames, CancellationToken cancellationToken) =>
        TellAsync(id, _ends.CompleteAsync(id, attempt, output, charge, blobNames, cancellationToken), _underLimits);

    /// <inheritdoc/>
    public Task<bool> FailAsync(Guid id, int attempt, JobFailure failure, CancellationToken cancellationToken) =>
        TellAsync(id, _ends.FailAsync(id, attempt, failure, cancellationToken), mayLetStart: true);

    /// <inheritdoc/>
    public Task<bool> ConfirmCancelledAsync(Guid id, int attempt, CancellationToken cancellationToken) =>
        TellAsync(id, _ends.ConfirmCancelledAsync(id, attempt, cancellationToken), _underLimits);

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(Guid id, int attempt, CancellationToken cancellationToken) =>
        TellAsync(id, _ends.ReleaseAsync(id, attempt, cancellationToken), mayLetStart: true);

    /// <inheritdoc/>
    public async Task<CancelOutcome> RequestCancelAsync(Guid id, CancellationToken cancellationToken)
    {
        var outcome = await _ends.RequestCancelAsync(id, cancellationToken);
        if (outcome == CancelOutcome.Requested)
            Signals.JobLeft(id, mayLetStart: false);
        return outcome;
    }

    /// <inheritdoc/>
    public async Task<int> ReapAsync(CancellationToken cancellationToken)
    {
        var changed = await _reaping.ReapAsync(cancellationToken);
        changed.ForEach(id => Signals.JobLeft(id, mayLetStart: true));
        return changed.Count;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SweepAsync(RetentionOptions retention, CancellationToken cancellationToken)
    {
        await InBatchesAsync(age => connection => PostgresRetention.DeleteJobsAsync(connection, _database.Time, age), retention.Jobs, cancellationToken);
        await InBatchesAsync(age => connection => PostgresRetention.ErasePayloadsAsync(connection, _database.Time, age), retention.UnstoredPayloads, cancellationToken);
        return await _database.RunAsync(PostgresRetention.NameOrphanedBlobsAsync, cancellationToken);
    }

    private async Task InBatchesAsync(Func<long, Func<Npgsql.NpgsqlConnection, Task<int>>> sweep, TimeSpan age, CancellationToken cancellationToken)
    {
        while (await _database.RunAsync(sweep(age.ToMilliseconds()), cancellationToken) == PostgresRetention.LargestBatch)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<bool> TellAsync(Guid id, Task<bool> end, bool mayLetStart)
    {
        bool ended = await end;
        if (ended)
            Signals.JobLeft(id, mayLetStart);
        return ended;
    }

    private async Task WaitAsync<TKey>(
        ChangeSignals<TKey> signals, TKey key, Func<Task<bool>> happened, TimeSpan atMost, Func<TimeSpan> lookAgain, CancellationToken cancellationToken)
        where TKey : notnull
    {
        Signals.Listen();
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var subscription = signals.Subscribe(key);
            var left = atMost - TimeProvider.System.GetElapsedTime(start);
            if (await happened() || left <= TimeSpan.Zero)
                return;

            // Running out of time is the usual end of a wait, not worth a throw.
            var pause = lookAgain();
            await subscription.Pulsed.WaitAsync(left < pause ? left : pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
