namespace Kinora.Client.Contracts;

/// <summary>The body of an answer in which the platform, not the model, refused or failed: a sentence.</summary>
public sealed record RequestErrorBody
{
    /// <summary>What happened, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>What happened, for programs, for example <c>request_timeout</c>; null and not written for access errors.</summary>
    public string? ErrorType { get; init; }
}
