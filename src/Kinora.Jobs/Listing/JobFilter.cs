namespace Kinora.Jobs.Listing;

/// <summary>Which jobs a list shows. What is left out does not narrow it down.</summary>
public sealed record JobFilter
{
    /// <summary>Only this owner's; null: everyone's.</summary>
    public string? Owner { get; init; }

    /// <summary>Only this job; null: any.</summary>
    public Guid? Id { get; init; }

    /// <summary>Only this endpoint's; null: any.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Only in one of these states; empty: any.</summary>
    public IReadOnlyList<JobState> States { get; init; } = [];

    /// <summary>Submitted at or after this moment; null: however long ago.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Submitted before this moment; null: until now.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only jobs whose <see cref="NewJob.SearchText"/> holds this, whatever the case of its letters; null: any.</summary>
    public string? Text { get; init; }
}
