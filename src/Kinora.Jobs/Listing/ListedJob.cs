namespace Kinora.Jobs.Listing;

/// <summary>A job as lists show it.</summary>
public sealed record ListedJob
{
    /// <summary>Its place among all jobs: later submits have larger numbers.</summary>
    public required long Sequence { get; init; }

    /// <inheritdoc cref="NewJob.Id"/>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="NewJob.Owner"/>
    public required string Owner { get; init; }

    /// <inheritdoc cref="NewJob.Endpoint"/>
    public required string Endpoint { get; init; }

    /// <inheritdoc cref="Job.State"/>
    public required JobState State { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public JobFailureKind? Failure { get; init; }

    /// <inheritdoc cref="Job.Attempt"/>
    public int Attempt { get; init; }

    /// <inheritdoc cref="Job.CreatedAt"/>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc cref="Job.StartedAt"/>
    public DateTimeOffset? StartedAt { get; init; }

    /// <inheritdoc cref="Job.EndedAt"/>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long the last attempt ran; null before its end.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <inheritdoc cref="Job.Progress"/>
    public JobProgress? Progress { get; init; }

    /// <summary>The worker that has the latest attempt; null before the first.</summary>
    public string? WorkerId { get; init; }

    /// <summary>Whether input, output and log have been erased.</summary>
    public bool IsErased { get; init; }

    /// <inheritdoc cref="NewJob.SearchText"/>
    public string? SearchText { get; init; }

    /// <summary>The output, JSON text; null unless completed, and again once it has been erased.</summary>
    public string? Output { get; init; }

    /// <inheritdoc cref="Job.BillableUnits"/>
    public decimal? BillableUnits { get; init; }
}
