namespace Kinora.Jobs.Blobs;

/// <summary>
/// Files by server-made names. One implementation per kind of storage; all pass <c>BlobStoreConformance</c>.
/// A blob appears whole or not at all: it is written under a temporary name, or in parts that nobody sees, and published in one step.
/// What the storage refuses or cannot do now is thrown as an <see cref="IOException"/>; a remote store's is a <see cref="BlobStoreException"/>, which says
/// whether a later try may help.
/// </summary>
public interface IBlobStore
{
    /// <summary>Creates an unguessable name (128 random bits or more) that ends in <paramref name="fileName"/>: letters, digits, <c>/ . _ -</c> only.</summary>
    string CreateName(string fileName);

    /// <summary>Copies a finished local file in under <paramref name="name"/>; the blob is durable when this returns. An existing blob is replaced.</summary>
    /// <exception cref="ArgumentException">The name is not one that <see cref="CreateName"/> could have made.</exception>
    Task PutFileAsync(string name, string localPath, string contentType, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading from any position, or returns null if there is none.</summary>
    Task<BlobContent?> TryOpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Signs a URL under which whoever has it reads the blob straight from the storage, or returns null where the storage has no such thing; whether the blob
    /// is there is not looked at.
    /// </summary>
    Uri? TryCreateReadUrl(string name, TimeSpan lifetime);

    /// <summary>Deletes a blob; deleting one that is not there is no error.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Lists the blobs that were stored at or before a time, in no order that matters. Nothing but blobs is listed, whatever else lies in the storage.</summary>
    IAsyncEnumerable<StoredBlob> ListAsync(DateTimeOffset storedBy, CancellationToken cancellationToken);

    /// <summary>Throws away content that began to be stored at or before a time and never became a blob: its process is gone.</summary>
    /// <returns>How many there were.</returns>
    Task<int> DeleteUnfinishedAsync(DateTimeOffset begunBy, CancellationToken cancellationToken);

    /// <summary>Returns if the storage can be reached and takes new blobs as far as that can be known without storing one.</summary>
    /// <exception cref="IOException">It cannot; the message says why.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
