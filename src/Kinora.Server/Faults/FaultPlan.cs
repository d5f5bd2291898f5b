namespace Kinora.Server.Faults;

/// <summary>The faults that one request asked for. <see cref="FaultPlanParser"/> has the grammar.</summary>
internal sealed record FaultPlan
{
    /// <summary>The plan as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>How much longer each attempt runs.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long the job stays queued at least; null: no longer than it must.</summary>
    public TimeSpan? Queue { get; init; }

    /// <summary>Calls about the request that are answered with an error status.</summary>
    public IReadOnlyDictionary<FaultyCall, FaultyAnswer> Answers { get; init; } = new Dictionary<FaultyCall, FaultyAnswer>();

    /// <summary>The error type with which attempts fail; null: none does.</summary>
    public string? Fail { get; init; }

    /// <summary>How many attempts fail.</summary>
    public int FailingAttempts { get; init; }

    /// <summary>In how many attempts the worker is lost.</summary>
    public int CrashingAttempts { get; init; }

    /// <summary>How many status streams break after their first event.</summary>
    public int DroppedStreams { get; init; }

    /// <summary>What happens to the webhook.</summary>
    public WebhookFault Webhook { get; init; }

    /// <summary>How late the webhook is sent, for <see cref="WebhookFault.Delay"/>.</summary>
    public TimeSpan WebhookDelay { get; init; }

    /// <summary>Whether a tiny clip is made at once, without looking at the pictures.</summary>
    public bool Instant { get; init; }
}
