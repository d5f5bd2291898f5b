using Kinora.Jobs.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Webhooks;

/// <summary>The webhooks of a data directory or a database, for the command line. A server that runs on it sees changes within a second.</summary>
public sealed class WebhookLog : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IWebhookStore _store;
    private readonly WebhookKeyRing _keys;

    private WebhookLog(ServiceProvider services, TimeProvider time)
    {
        _services = services;
        _store = services.GetRequiredService<IWebhookStore>();
        _keys = new WebhookKeyRing(services.GetRequiredService<IWebhookKeyStore>(), time);
    }

    /// <summary>Opens the webhooks.</summary>
    /// <param name="place">Where they are; a data directory is created if missing.</param>
    /// <param name="time">The clock of schedules.</param>
    /// <exception cref="ServerStartException">The directory or the database cannot be opened.</exception>
    public static WebhookLog Open(DataPlace place, TimeProvider time) => place.Open(time, services => new WebhookLog(services, time));

    /// <summary>Lists deliveries, those of the newest jobs first.</summary>
    /// <param name="state"><c>waiting</c>, <c>due</c>, <c>delivered</c> or <c>given_up</c>; empty: all.</param>
    /// <param name="atMost">How many, at least 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FormatException">There is no such state.</exception>
    public async Task<IReadOnlyList<WebhookListing>> ListAsync(string state, int atMost, CancellationToken cancellationToken)
    {
        if (!DeliveryJson.TryParseState(state, out var wanted))
            throw new FormatException($"The state must be waiting, due, delivered or given_up; it was '{state}'.");
        var listings = new List<WebhookListing>();
        foreach (var delivery in await _store.ListAsync(owner: null, wanted, atMost, cancellationToken))
        {
            var withLog = await _store.FindAsync(delivery.JobId, cancellationToken) ?? delivery;
            listings.Add(WebhookListing.Of(withLog));
        }

        return listings;
    }

    /// <summary>Makes a webhook due now, whatever became of it before.</summary>
    /// <returns>Null if that was done, else why not.</returns>
    public async Task<string?> RedeliverAsync(Guid requestId, CancellationToken cancellationToken) =>
        await _store.RedeliverAsync(requestId, owner: null, cancellationToken) switch
        {
            RedeliverOutcome.Requested => null,
            RedeliverOutcome.JobNotEnded => $"request {requestId} is not over, so there is nothing to deliver yet.",
            _ => $"there is no request {requestId} with a webhook; `kinora webhooks list` shows all.",
        };

    /// <summary>Makes a new signing key.</summary>
    /// <param name="atOnce">True: it signs from now on. False: once receivers have had a day to see it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its id and from when on it signs.</returns>
    public async Task<(string KeyId, DateTimeOffset SignsFrom)> RotateKeyAsync(bool atOnce, CancellationToken cancellationToken)
    {
        var key = await _keys.RotateAsync(atOnce, cancellationToken);
        return (key.Id, key.SignsFrom);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
