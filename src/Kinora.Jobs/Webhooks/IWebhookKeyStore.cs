namespace Kinora.Jobs.Webhooks;

/// <summary>The keys that sign webhooks. One implementation per database; all pass <c>WebhookStoreConformance</c>.</summary>
public interface IWebhookKeyStore
{
    /// <summary>All keys, the one that signs last first.</summary>
    Task<IReadOnlyList<WebhookKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Stores a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="onlyFirst">True: only if there is none yet, however many processes ask at once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was stored.</returns>
    Task<bool> AddAsync(WebhookKey key, bool onlyFirst, CancellationToken cancellationToken);

    /// <summary>Deletes a key for good.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}
