using Kinora.Jobs.Webhooks;

namespace Kinora.Server.Webhooks;

/// <summary>A delivery for people.</summary>
/// <param name="RequestId">The request that it tells of.</param>
/// <param name="Url">The receiver.</param>
/// <param name="State"><c>waiting</c>, <c>due</c>, <c>delivered</c> or <c>given_up</c>.</param>
/// <param name="Tries">How many tries have been begun.</param>
/// <param name="NextTryAt">When the next is due, or null.</param>
/// <param name="LastOutcome">What the last try with an outcome gave: the receiver's status or the problem, and how long it took; null before that.</param>
public sealed record WebhookListing(Guid RequestId, string Url, string State, int Tries, DateTimeOffset? NextTryAt, string? LastOutcome)
{
    internal static WebhookListing Of(WebhookDelivery delivery) => new(
        delivery.JobId,
        delivery.Url,
        DeliveryJson.NameOf(delivery.State),
        delivery.Tries,
        delivery.NextTryAt,
        delivery.Log.Count == 0 ? null : Describe(delivery.Log[^1]));

    private static string Describe(WebhookTry last) =>
        FormattableString.Invariant($"{last.Problem ?? $"{last.StatusCode}"} ({last.Latency.TotalMilliseconds:0} ms)");
}
