namespace Kinora.Jobs.Files;

/// <summary>What is known of blobs besides their content: owner, expiry, access. One implementation per database; all pass <c>UploadStoreConformance</c>.</summary>
public interface IFileStore
{
    /// <summary>Notes a file, or replaces what was noted of it.</summary>
    Task PutAsync(StoredFile file, CancellationToken cancellationToken);

    /// <summary>What is noted of a blob, expired or not; null if nothing is.</summary>
    Task<StoredFile?> FindAsync(string blobName, CancellationToken cancellationToken);

    /// <summary>The names of files that expired at or before <paramref name="now"/>, the oldest first.</summary>
    /// <param name="now">The time.</param>
    /// <param name="atMost">How many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<string>> ListExpiredAsync(DateTimeOffset now, int atMost, CancellationToken cancellationToken);

    /// <summary>Forgets files; delete their blobs first.</summary>
    Task DeleteAsync(IReadOnlyList<string> blobNames, CancellationToken cancellationToken);

    /// <summary>Forgets outputs noted at or before <paramref name="notedBy"/> whose job is gone.</summary>
    /// <returns>How many there were.</returns>
    Task<int> ForgetOrphansAsync(DateTimeOffset notedBy, CancellationToken cancellationToken);

    /// <summary>Those of the given names that belong to nothing: no job, no noted file, no upload.</summary>
    /// <param name="blobNames">At most 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<string>> FindUnownedAsync(IReadOnlyList<string> blobNames, CancellationToken cancellationToken);
}
