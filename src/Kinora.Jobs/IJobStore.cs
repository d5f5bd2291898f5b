using Kinora.Jobs.Usage;

namespace Kinora.Jobs;

/// <summary>
/// The durable queue. One implementation per database; all pass <c>JobStoreConformance</c>.
/// <para>
/// Promises. What <see cref="EnqueueAsync"/> returned is durable: it survives <c>kill -9</c>. A job is claimed by one worker at a time.
/// Every write of a running job carries its attempt number and is refused (<c>false</c>) unless the job is running in that very attempt, so a
/// worker that lost its lease can neither overwrite nor bill. An ended job never changes again, until retention deletes it.
/// Time is the database's (or, in tests, the given <see cref="TimeProvider"/>'s), never the worker's.
/// </para>
/// </summary>
public interface IJobStore
{
    /// <summary>Stores a job, or finds the one an earlier submit stored under the same owner and idempotency key.</summary>
    Task<EnqueueOutcome> EnqueueAsync(NewJob job, CancellationToken cancellationToken);

    /// <summary>The whole job, or null if there is none (never was, or retention deleted it).</summary>
    Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The cheap part of a job, or null if there is none.</summary>
    Task<JobStatus?> FindStatusAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The log lines of a job with a sequence above <paramref name="afterSequence"/>, oldest first, at most 10,000.</summary>
    Task<IReadOnlyList<JobLogLine>> ReadLogAsync(Guid id, long afterSequence, CancellationToken cancellationToken);

    /// <summary>The number of queued jobs, of one owner or of all (null).</summary>
    Task<int> CountQueuedAsync(string? owner, CancellationToken cancellationToken);

    /// <summary>
    /// Returns as soon as the job may have a <see cref="JobStatus.Version"/> above <paramref name="seenVersion"/>, and in any case after <paramref name="atMost"/>.
    /// It may return early; ask again. Changes made by other processes are seen at least once a second.
    /// </summary>
    Task WaitForChangeAsync(Guid id, long seenVersion, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>
    /// Returns as soon as there may be a job to claim for a worker with these <see cref="ClaimTerms.Engines"/>, and in any case after <paramref name="atMost"/>.
    /// It may return early.
    /// </summary>
    Task WaitForQueuedAsync(IReadOnlyList<string>? engines, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Starts the next queued job (priority, then age) that the terms and the <see cref="Limits.QueueLimit"/>s allow, or returns null when none waits.</summary>
    /// <param name="terms">Who claims, for how long, and what it can run.</param>
    /// <param name="cancellationToken">Ends the call; a claim that was made is then found again by its expired lease.</param>
    Task<Job?> TryClaimAsync(ClaimTerms terms, CancellationToken cancellationToken);

    /// <summary>Renews the lease, stores progress and new log lines, and carries back whether the owner wants the job stopped.</summary>
    Task<HeartbeatOutcome> HeartbeatAsync(JobHeartbeat heartbeat, CancellationToken cancellationToken);

    /// <summary>Ends the running attempt with an output. One transaction, guarded by the attempt.</summary>
    /// <param name="id">The job.</param>
    /// <param name="attempt">The fencing token: the attempt that the worker ran.</param>
    /// <param name="output">The output, JSON text.</param>
    /// <param name="charge">What it is worth: recorded as usage by the same transaction.</param>
    /// <param name="blobNames">The blobs that the output names. They live as long as the job: see <see cref="SweepAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call; the job may have been completed all the same.</param>
    /// <returns>False if the lease was lost, and nothing was written.</returns>
    Task<bool> CompleteAsync(
        Guid id, int attempt, string output, JobCharge charge, IReadOnlyList<string> blobNames, CancellationToken cancellationToken);

    /// <summary>Ends the running attempt badly: re-queues it if the failure can be retried and attempts are left, else fails the job.</summary>
    /// <returns>False if the lease was lost, and nothing was written.</returns>
    Task<bool> FailAsync(Guid id, int attempt, JobFailure failure, CancellationToken cancellationToken);

    /// <summary>Ends the running attempt as cancelled: the worker has let go after a cancel request.</summary>
    /// <returns>False if the lease was lost, and nothing was written.</returns>
    Task<bool> ConfirmCancelledAsync(Guid id, int attempt, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a running job back into the queue without costing an attempt: its worker shuts down. A job whose owner wants it stopped, or that is
    /// <see cref="NewJob.TiedToConnection"/>, ends as cancelled instead.
    /// </summary>
    /// <returns>False if the lease was lost, and nothing was written.</returns>
    Task<bool> ReleaseAsync(Guid id, int attempt, CancellationToken cancellationToken);

    /// <summary>Cancels a queued job at once, or asks the worker of a running one to stop.</summary>
    Task<CancelOutcome> RequestCancelAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Ends what time has overtaken: running jobs whose lease expired go back to the queue, or fail with <see cref="JobFailureKind.WorkerLost"/> when no attempt
    /// is left (or end as cancelled when that was asked for); queued jobs past their start time-out fail with <see cref="JobFailureKind.StartTimeout"/>;
    /// jobs that are <see cref="NewJob.TiedToConnection"/> of a process that is gone end as cancelled. Call it every few seconds: it also
    /// tells the other processes that this one is alive.
    /// </summary>
    /// <returns>How many jobs changed.</returns>
    Task<int> ReapAsync(CancellationToken cancellationToken);

    /// <summary>Erases payloads and deletes jobs that ended longer ago than <paramref name="retention"/> says, in bounded batches.</summary>
    /// <returns>
    /// The names of blobs whose job is gone: delete them. Later calls name a blob again a few times, so that a crash in between leaves none behind.
    /// </returns>
    Task<IReadOnlyList<string>> SweepAsync(RetentionOptions retention, CancellationToken cancellationToken);
}
