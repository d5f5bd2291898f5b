using Kinora.Jobs.Blobs;
using Kinora.Server.Endpoints;

namespace Kinora.Server.Fetching;

/// <summary>
/// Recognises the URLs under which this server itself serves files, and reads those files from the store: no network, no policy, whatever name or proxy
/// the caller reached the server by.
/// </summary>
/// <param name="blobName">Gives the blob that one of this server's own URLs stands for; null for every other URL.</param>
/// <param name="blobs">Where the files are.</param>
internal sealed class OwnFiles(Func<Uri, string?> blobName, IBlobStore blobs)
{
    /// <summary>The blob that a URL stands for, or null if the URL is not this server's.</summary>
    public string? FindBlob(Uri url) => blobName(url);

    /// <summary>Copies a blob.</summary>
    /// <returns>Null when the copy is whole, else why there is none.</returns>
    public async Task<Refusal?> CopyAsync(string name, Stream destination, MediaLimits limits, CancellationToken cancellationToken)
    {
        await using var blob = await blobs.TryOpenAsync(name, cancellationToken);
        if (blob is null)
            return Refusal.Download("this server has no such file; it may have expired");
        if (blob.LengthBytes > limits.MaxBytes)
            return Refusal.TooLarge(limits.MaxBytes);
        await blob.Stream.CopyToAsync(destination, cancellationToken);
        return null;
    }
}
