using Kinora.Client.Contracts;

namespace Kinora.Client;

/// <summary>How to wait for a request.</summary>
public sealed record SubscribeOptions
{
    /// <summary>What the submit says beside its input.</summary>
    public SubmitOptions Submit { get; init; } = new();

    /// <summary>Whether updates carry log lines. Default false.</summary>
    public bool WithLogs { get; init; }

    /// <summary>Whether to listen to the status stream instead of polling; polling takes over if the stream breaks. Default false.</summary>
    public bool Streaming { get; init; }

    /// <summary>
    /// Called in order with the answer to the submit and with every status after it, on the thread that waits.
    /// <see cref="QueueStatus.Logs"/> holds only the lines that no earlier update had.
    /// </summary>
    public Action<QueueStatus>? OnUpdate { get; init; }
}
