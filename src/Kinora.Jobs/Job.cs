namespace Kinora.Jobs;

/// <summary>A job as the store knows it at one moment.</summary>
public sealed record Job
{
    /// <inheritdoc cref="NewJob.Id"/>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="NewJob.Owner"/>
    public required string Owner { get; init; }

    /// <inheritdoc cref="NewJob.Endpoint"/>
    public required string Endpoint { get; init; }

    /// <inheritdoc cref="NewJob.Engine"/>
    public string? Engine { get; init; }

    /// <summary>Where the job is in its life.</summary>
    public required JobState State { get; init; }

    /// <inheritdoc cref="NewJob.Priority"/>
    public JobPriority Priority { get; init; }

    /// <summary>How often it has been started. While it runs, this is the fencing token that every write must carry.</summary>
    public int Attempt { get; init; }

    /// <inheritdoc cref="NewJob.MaxAttempts"/>
    public int MaxAttempts { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the latest attempt was started; null before the first.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null before that.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether its owner has asked for it to stop.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>How far the running attempt is; null before its first report.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>The input as it came, JSON text; null once retention has erased it.</summary>
    public string? Input { get; init; }

    /// <summary>The output, JSON text; null unless completed, and again once retention has erased it.</summary>
    public string? Output { get; init; }

    /// <inheritdoc cref="NewJob.FileLifecycle"/>
    public string? FileLifecycle { get; init; }

    /// <inheritdoc cref="NewJob.StorePayloads"/>
    public bool StorePayloads { get; init; } = true;

    /// <inheritdoc cref="NewJob.TraceParent"/>
    public string? TraceParent { get; init; }

    /// <inheritdoc cref="NewJob.Tags"/>
    public string? Tags { get; init; }

    /// <inheritdoc cref="NewJob.Faults"/>
    public string? Faults { get; init; }

    /// <summary>Why it failed; null unless <see cref="JobState.Failed"/>.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>How many units (for video: seconds of output) the job is worth; null unless completed.</summary>
    public decimal? BillableUnits { get; init; }
}
