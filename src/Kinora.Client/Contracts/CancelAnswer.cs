namespace Kinora.Client.Contracts;

/// <summary>The answer to a cancel. Unknown ids get it from the other request routes too, as <see cref="CancelState.NotFound"/>.</summary>
public sealed record CancelAnswer
{
    /// <summary>What came of it.</summary>
    public required CancelState Status { get; init; }
}
