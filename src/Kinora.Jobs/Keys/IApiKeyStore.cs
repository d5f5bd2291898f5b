namespace Kinora.Jobs.Keys;

/// <summary>
/// The API keys. One implementation per database; all pass <c>ApiKeyStoreConformance</c>.
/// What another process changes (the command <c>kinora keys</c>) is seen within a second.
/// </summary>
public interface IApiKeyStore
{
    /// <summary>Stores a new key.</summary>
    Task CreateAsync(ApiKeyRecord key, CancellationToken cancellationToken);

    /// <summary>All keys, expired and revoked ones too, oldest first.</summary>
    Task<IReadOnlyList<ApiKeyRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The key of this id, expired or revoked too, or null.</summary>
    Task<ApiKeyRecord?> FindAsync(string keyId, CancellationToken cancellationToken);

    /// <summary>Notes that the key is being used now; written at most once a minute. An unknown id changes nothing.</summary>
    Task TouchAsync(string keyId, CancellationToken cancellationToken);

    /// <summary>Closes a key from now on. A revoked one stays as it is.</summary>
    /// <returns>False if there is no such key.</returns>
    Task<bool> RevokeAsync(string keyId, CancellationToken cancellationToken);

    /// <summary>Whether any key was ever made. Revoked and expired ones count: revoking the last key must not open the server to everyone.</summary>
    Task<bool> AnyExistsAsync(CancellationToken cancellationToken);
}
