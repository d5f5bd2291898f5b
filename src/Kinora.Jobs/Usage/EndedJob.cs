namespace Kinora.Jobs.Usage;

/// <summary>A job that is over, as lists and statistics need it.</summary>
public sealed record EndedJob
{
    /// <summary>Its place among all jobs: later submits have larger numbers.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The endpoint that was called.</summary>
    public required string Endpoint { get; init; }

    /// <summary>How it ended.</summary>
    public required JobState State { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public JobFailureKind? Failure { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last attempt was started; null if there was none.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How long its last attempt ran; null if there was none.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>The input, JSON text; null when it was not asked for or has been erased.</summary>
    public string? Input { get; init; }

    /// <summary>The output, JSON text; null when it was not asked for, has been erased, or there was none.</summary>
    public string? Output { get; init; }

    /// <summary>How long it waited before its last attempt; null if there was none.</summary>
    public TimeSpan? WaitTime => StartedAt - CreatedAt;
}
