namespace Kinora.Jobs.Blobs;

/// <summary>
/// Files by server-made names. One implementation per kind of storage; all pass <c>BlobStoreConformance</c>.
/// A blob appears whole or not at all: it is written under a temporary name and published in one step.
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

    /// <summary>Deletes a blob; deleting one that is not there is no error.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
