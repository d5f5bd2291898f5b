namespace Kinora.Server.Webhooks;

/// <summary>What a receiver said, or why it said nothing.</summary>
/// <param name="StatusCode">Its HTTP status; null if there was no answer.</param>
/// <param name="Problem">What is wrong, for the job's owner; null if it acknowledged.</param>
/// <param name="IsFinal">Whether trying again is of no use.</param>
/// <param name="RetryAfter">How long it asked to be left alone; null if it did not.</param>
internal sealed record WebhookAnswer(int? StatusCode, string? Problem, bool IsFinal = false, TimeSpan? RetryAfter = null)
{
    public static WebhookAnswer Failed(string problem, bool isFinal = false) => new(null, problem, isFinal);
}
