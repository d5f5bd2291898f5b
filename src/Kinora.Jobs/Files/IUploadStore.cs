namespace Kinora.Jobs.Files;

/// <summary>Uploads under way, and the tokens that allow new ones. One implementation per database; all pass <c>UploadStoreConformance</c>.</summary>
public interface IUploadStore
{
    /// <summary>Notes a token by its SHA-256.</summary>
    Task CreateTokenAsync(byte[] tokenHash, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Whose a token is; null if it was never made or expired at or before <paramref name="now"/>.</summary>
    Task<string?> FindTokenOwnerAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets tokens that expired at or before <paramref name="now"/>.</summary>
    Task<int> DeleteExpiredTokensAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Opens an upload.</summary>
    Task CreateAsync(Upload upload, CancellationToken cancellationToken);

    /// <summary>The upload of this id, whatever its state, or null.</summary>
    Task<Upload?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>How many uploads of an owner are open.</summary>
    Task<int> CountOpenAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Notes a part, or replaces the one that came before under its number.</summary>
    /// <returns>False if the upload is not there or not open any more, and nothing was written.</returns>
    Task<bool> PutPartAsync(string id, UploadPart part, CancellationToken cancellationToken);

    /// <summary>The parts of an upload in their order.</summary>
    Task<IReadOnlyList<UploadPart>> ListPartsAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Lets only this content finish the upload from here on. Whoever is about to store the file calls it first, so that of several processes none overwrites
    /// another's file with other content.
    /// </summary>
    /// <param name="id">The upload.</param>
    /// <param name="contentHash">What <see cref="CompleteAsync"/> will be given.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False if the upload is not there, finished, or pinned to other content.</returns>
    Task<bool> PinAsync(string id, byte[] contentHash, CancellationToken cancellationToken);

    /// <summary>Finishes an upload and notes its file, in one transaction.</summary>
    /// <returns>False if the upload is not there or not open any more, and nothing was written.</returns>
    Task<bool> CompleteAsync(string id, byte[] contentHash, StoredFile file, CancellationToken cancellationToken);

    /// <summary>The uploads, open and finished, that closed at or before <paramref name="closedBy"/>.</summary>
    /// <param name="closedBy">The time.</param>
    /// <param name="atMost">How many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<Upload>> ListClosedAsync(DateTimeOffset closedBy, int atMost, CancellationToken cancellationToken);

    /// <summary>Forgets an upload and its parts. Its file stays, and so do the blobs of its parts.</summary>
    /// <returns>The upload as it was at that moment; null if it was not there.</returns>
    Task<Upload?> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>The bytes of all uploaded files and of the parts of open uploads.</summary>
    Task<long> MeasureAsync(CancellationToken cancellationToken);
}
