namespace Kinora.Jobs.Webhooks;

/// <summary>What came of one try.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="At">When it began.</param>
/// <param name="StatusCode">The receiver's HTTP status; null if there was no answer.</param>
/// <param name="Latency">From the beginning to the answer or to its failure.</param>
/// <param name="Problem">Why it failed, for the job's owner; null if it was acknowledged.</param>
public sealed record WebhookTry(int Number, DateTimeOffset At, int? StatusCode, TimeSpan Latency, string? Problem);
