namespace Kinora.Jobs.Keys;

/// <summary>
/// Who is signed in to the server's pages: a random token stands for an API key for a while. One implementation per database; all pass <c>SessionStoreConformance</c>.
/// </summary>
public interface ISessionStore
{
    /// <summary>Stores a session, and forgets those whose time has passed.</summary>
    /// <param name="tokenHash">SHA-256 of the token, 32 bytes. A fast hash is enough: the token is random, not a password.</param>
    /// <param name="keyId">The API key that it stands for.</param>
    /// <param name="lifetime">How long it does.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task CreateAsync(byte[] tokenHash, string keyId, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>The id of the key that a token stands for, which may be closed by now; null if there is no such session or its time has passed.</summary>
    Task<string?> FindKeyIdAsync(byte[] tokenHash, CancellationToken cancellationToken);

    /// <summary>Ends a session. One that is not there changes nothing.</summary>
    Task DeleteAsync(byte[] tokenHash, CancellationToken cancellationToken);
}
