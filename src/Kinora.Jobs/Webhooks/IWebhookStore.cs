namespace Kinora.Jobs.Webhooks;

/// <summary>
/// The webhooks of jobs. One implementation per database; all pass <c>WebhookStoreConformance</c>.
/// <para>
/// Promises. The transaction that ends a job makes its webhook due, so no end of a process loses one. A try is handed to one sender at a time, under a lease;
/// a sender that vanishes between sending and recording has its try made again: a receiver may be told twice, never not at all.
/// </para>
/// </summary>
public interface IWebhookStore
{
    /// <summary>Hands out what is due, oldest first.</summary>
    /// <param name="atMost">How many.</param>
    /// <param name="atMostPerHost">How many of one receiving host, those in flight included.</param>
    /// <param name="inFlight">How many tries the caller has under way, by host.</param>
    /// <param name="lease">How long the claims hold without a record.</param>
    /// <param name="cancellationToken">Ends the call; claims that were made are found again by their expired lease.</param>
    Task<IReadOnlyList<WebhookClaim>> ClaimDueAsync(
        int atMost, int atMostPerHost, IReadOnlyDictionary<string, int> inFlight, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Records what came of a claimed try.</summary>
    /// <param name="jobId">Whose webhook it was.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="next">What follows: <see cref="WebhookState.Delivered"/>, <see cref="WebhookState.GivenUp"/>, or <see cref="WebhookState.Due"/> again.</param>
    /// <param name="nextTryAt">When the next try is due; null unless <paramref name="next"/> is <see cref="WebhookState.Due"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False if a later try has been claimed or asked for meanwhile: the try is in the log, but what follows is not its to say.</returns>
    Task<bool> RecordAsync(Guid jobId, WebhookTry outcome, WebhookState next, DateTimeOffset? nextTryAt, CancellationToken cancellationToken);

    /// <summary>
    /// Returns as soon as there may be something due, beside what goes to <paramref name="exceptHosts"/>, and in any case after two seconds.
    /// It may return early.
    /// </summary>
    Task WaitForDueAsync(IReadOnlyCollection<string> exceptHosts, CancellationToken cancellationToken);

    /// <summary>Makes a webhook due now, whatever became of it before.</summary>
    /// <param name="jobId">Whose webhook.</param>
    /// <param name="owner">Who asks: another owner's job is not found. Null: the operator.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<RedeliverOutcome> RedeliverAsync(Guid jobId, string? owner, CancellationToken cancellationToken);

    /// <summary>The delivery of a job with its log, or null if the job has none.</summary>
    Task<WebhookDelivery?> FindAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Deliveries without their logs, those of the newest jobs first.</summary>
    /// <param name="owner">Whose; null: everyone's.</param>
    /// <param name="state">In which state; null: in any.</param>
    /// <param name="atMost">How many, at least 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<WebhookDelivery>> ListAsync(string? owner, WebhookState? state, int atMost, CancellationToken cancellationToken);
}
