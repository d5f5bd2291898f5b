using Kinora.Jobs.Blobs;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Fetching;

/// <summary>
/// Recognises the URLs under which this server itself serves files, and reads those files from the store: no network, no policy, whatever name or proxy
/// the caller reached the server by.
/// </summary>
/// <param name="blobName">Gives the blob that a URL of this server's form stands for; null for every other URL.</param>
/// <param name="blobs">Where the files are.</param>
internal sealed class OwnFiles(Func<Uri, string?> blobName, IBlobStore blobs)
{
    /// <summary>
    /// Opens the file that a URL stands for, or returns null if this server has none: other servers' URLs may have the same form, so the network is asked next.
    /// </summary>
    public async Task<BlobContent?> TryOpenAsync(Uri url, CancellationToken cancellationToken) =>
        blobName(url) is { } name ? await blobs.TryOpenAsync(name, cancellationToken) : null;

    /// <summary>Copies a file.</summary>
    /// <returns>Null when the copy is whole, else why there is none.</returns>
    public static async Task<Refusal?> CopyAsync(BlobContent blob, Stream destination, MediaLimits limits, CancellationToken cancellationToken)
    {
        if (blob.LengthBytes > limits.MaxBytes)
            return Refusal.TooLarge(limits.MaxBytes);
        await blob.Stream.CopyToAsync(destination, cancellationToken);
        return null;
    }
}
