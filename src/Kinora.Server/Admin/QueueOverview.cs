namespace Kinora.Server.Admin;

/// <summary>The queue at one moment.</summary>
/// <param name="Queued">Requests that wait.</param>
/// <param name="Running">Requests that a worker has.</param>
/// <param name="OldestQueuedFor">How long the oldest of those that wait has been there.</param>
/// <param name="IsPaused">Whether nothing is started.</param>
/// <param name="WebhooksDue">Webhooks that wait to be delivered.</param>
/// <param name="Newest">The newest of both, latest submit first.</param>
public sealed record QueueOverview(
    long Queued, long Running, TimeSpan OldestQueuedFor, bool IsPaused, long WebhooksDue, IReadOnlyList<QueuedRequest> Newest);
