namespace Kinora.Jobs.Workers;

/// <summary>A worker as others see it.</summary>
public sealed record RegisteredWorker
{
    /// <summary>Its name: machine and process.</summary>
    public required string Id { get; init; }

    /// <summary>What it said of itself. Null: it runs jobs and never said anything, as workers of an older version do, or has long been silent.</summary>
    public WorkerDescription? Description { get; init; }

    /// <summary>How long since it was last heard of; null if <see cref="Description"/> is.</summary>
    public TimeSpan? SilentFor { get; init; }

    /// <summary>Whether it is to claim nothing more for now.</summary>
    public bool IsDraining { get; init; }

    /// <summary>How many jobs it runs.</summary>
    public long Running { get; init; }

    /// <summary>How long the longest of them has been running; zero if it runs none.</summary>
    public TimeSpan OldestFor { get; init; }

    /// <summary>When the first lease of its jobs runs out, from now; negative once it has; null if it runs none.</summary>
    public TimeSpan? LeaseLeft { get; init; }
}
