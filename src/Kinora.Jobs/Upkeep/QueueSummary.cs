namespace Kinora.Jobs.Upkeep;

/// <summary>The queue at one moment.</summary>
/// <param name="Queued">Jobs that wait.</param>
/// <param name="Running">Jobs that a worker has.</param>
/// <param name="OldestQueuedFor">How long the oldest of the queued has been there; zero if none waits.</param>
/// <param name="IsPaused">Whether nothing is started.</param>
/// <param name="WebhooksDue">Webhooks that wait to be delivered.</param>
public sealed record QueueSummary(long Queued, long Running, TimeSpan OldestQueuedFor, bool IsPaused, long WebhooksDue);
