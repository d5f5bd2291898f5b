using Kinora.Jobs.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Keys;

/// <summary>The API keys of a data directory or a database, for the command line. A server that runs on it sees changes within a second.</summary>
public sealed class ApiKeys : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IApiKeyStore _store;
    private readonly TimeProvider _time;

    private ApiKeys(ServiceProvider services, TimeProvider time)
    {
        _services = services;
        _time = time;
        _store = services.GetRequiredService<IApiKeyStore>();
    }

    /// <summary>Opens the keys.</summary>
    /// <param name="place">Where they are; a data directory is created if missing.</param>
    /// <param name="time">The clock of lifetimes.</param>
    /// <exception cref="ServerStartException">The directory or the database cannot be opened.</exception>
    public static ApiKeys Open(DataPlace place, TimeProvider time) => place.Open(time, services => new ApiKeys(services, time));

    /// <summary>Makes a key and gives <c>id:secret</c>, which cannot be had again.</summary>
    /// <param name="name">A name for people.</param>
    /// <param name="isAdmin">Whether it may also manage keys and other owners' jobs.</param>
    /// <param name="lifetime">How long it opens anything; null: for ever.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<string> CreateAsync(string name, bool isAdmin, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var (record, secret) = ApiKeySecret.Create(name, isAdmin ? ApiKeyScope.Admin : ApiKeyScope.Api, now, now + lifetime);
        await _store.CreateAsync(record, cancellationToken);
        return $"{record.KeyId}:{secret}";
    }

    /// <summary>All keys, oldest first; expired and revoked ones too.</summary>
    public async Task<IReadOnlyList<ApiKeyListing>> ListAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return [.. (await _store.ListAsync(cancellationToken)).Select(key => ApiKeyListing.Of(key, now))];
    }

    /// <summary>Closes a key from now on.</summary>
    /// <returns>False if there is no such key.</returns>
    public Task<bool> RevokeAsync(string keyId, CancellationToken cancellationToken) => _store.RevokeAsync(keyId, cancellationToken);

    /// <summary>Sets what a key may spend from now on, by the price lists of the hosted endpoints.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="usd">USD, 0 or more; null: no budget any more.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>False if there is no such key.</returns>
    public async Task<bool> SetBudgetAsync(string keyId, decimal? usd, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(keyId, cancellationToken) is null) return false;
        await _services.GetRequiredService<IBudgetStore>().SetAsync(keyId, usd, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
