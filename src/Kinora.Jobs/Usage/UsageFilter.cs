namespace Kinora.Jobs.Usage;

/// <summary>Whose ended jobs, of which endpoints, and when.</summary>
public sealed record UsageFilter
{
    /// <summary>Only this owner's; null: everyone's.</summary>
    public string? Owner { get; init; }

    /// <summary>Only these endpoints; empty: all.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Ended at or after this moment.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Ended before this moment.</summary>
    public required DateTimeOffset To { get; init; }
}
