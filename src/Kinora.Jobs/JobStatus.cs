namespace Kinora.Jobs;

/// <summary>The part of a job that pollers ask for ten times a second: no input, no output, one indexed read.</summary>
public sealed record JobStatus
{
    /// <inheritdoc cref="NewJob.Id"/>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="NewJob.Owner"/>
    public required string Owner { get; init; }

    /// <inheritdoc cref="NewJob.Endpoint"/>
    public required string Endpoint { get; init; }

    /// <inheritdoc cref="Job.State"/>
    public required JobState State { get; init; }

    /// <summary>How many queued jobs the workers take before this one; 0 is next. Null unless queued.</summary>
    public int? QueuePosition { get; init; }

    /// <inheritdoc cref="Job.Progress"/>
    public JobProgress? Progress { get; init; }

    /// <inheritdoc cref="Job.CancelRequested"/>
    public bool CancelRequested { get; init; }

    /// <inheritdoc cref="Job.Failure"/>
    public JobFailure? Failure { get; init; }

    /// <summary>How long the last attempt ran; null unless ended after a start.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>
    /// Grows with every change of the job that a watcher would want to see (state, progress, log lines).
    /// Pass it to <see cref="IJobStore.WaitForChangeAsync"/>.
    /// </summary>
    public required long Version { get; init; }
}
