namespace Kinora.Server.Webhooks;

/// <summary>How webhooks are sent.</summary>
internal sealed record WebhookOptions
{
    /// <summary>How long the first try may take, from looking the host up to the answer's head. Default 15 s.</summary>
    public TimeSpan FirstTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long each later try may take. Default 120 s.</summary>
    public TimeSpan RetryTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How many tries may be under way at once. Default 256.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>How many of them may go to one host, so that a dead one does not take all. Default 8.</summary>
    public int MaxInFlightPerHost { get; init; } = 8;

    /// <summary>How long a claimed try is left to its sender.</summary>
    public TimeSpan Lease => (RetryTimeout > FirstTimeout ? RetryTimeout : FirstTimeout) + TimeSpan.FromSeconds(15);

    /// <summary>Gives how long a try may take.</summary>
    /// <param name="roundNumber">Which one, from 1.</param>
    public TimeSpan TimeoutOf(int roundNumber) => roundNumber == 1 ? FirstTimeout : RetryTimeout;
}
