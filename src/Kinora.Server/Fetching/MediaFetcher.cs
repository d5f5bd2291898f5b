using Kinora.Media;
using Kinora.Server.Endpoints;
using Microsoft.Extensions.Logging;

namespace Kinora.Server.Fetching;

/// <summary>
/// Brings the medium that an input names to this machine, from a data URI, from this server's own files or from the network. It brings bytes only:
/// what they are is decided by their content, elsewhere.
/// </summary>
/// <param name="download">Fetches over the network.</param>
/// <param name="ownFiles">This server's own files, or null if it serves none.</param>
/// <param name="log">Tells the operator what was refused and why.</param>
internal sealed class MediaFetcher(HttpDownload download, OwnFiles? ownFiles, ILogger<MediaFetcher> log)
{
    /// <summary>Fetches one medium.</summary>
    /// <param name="reference">What to fetch, and how large it may be.</param>
    /// <param name="scratch">Where to put it.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing behind.</param>
    /// <returns>The file, or a violation <c>file_download_error</c> or <c>file_too_large</c> at the reference's location.</returns>
    /// <exception cref="IOException">The scratch directory cannot be written to.</exception>
    public async Task<FetchOutcome> FetchAsync(MediaReference reference, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        // Nothing a caller said ever becomes part of a path.
        var path = scratch.PathOf(Guid.NewGuid().ToString("N"));
        var isWanted = false;
        try
        {
            var (refusal, lengthBytes) = await WriteFileAsync(path, reference, cancellationToken);
            if (refusal is null && lengthBytes > 0)
            {
                isWanted = true;
                return new FetchOutcome.Fetched(path, lengthBytes);
            }

            return Refuse(reference, refusal ?? Refusal.Download("it is empty"));
        }
        finally
        {
            if (!isWanted)
                File.Delete(path);
        }
    }

    private async Task<(Refusal? Refusal, long LengthBytes)> WriteFileAsync(string path, MediaReference reference, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        });
        var refusal = await WriteAsync(reference.Url, file, reference.Limits, cancellationToken);
        return (refusal, file.Length);
    }

    private async Task<Refusal?> WriteAsync(string text, Stream file, MediaLimits limits, CancellationToken cancellationToken)
    {
        if (DataUri.IsDataUri(text))
            return await DecodeAsync(text, file, limits, cancellationToken);
        if (UrlPolicy.Read(text, out var url) is { } refusal)
            return refusal;
        await using var own = ownFiles is null ? null : await ownFiles.TryOpenAsync(url!, cancellationToken);
        return own is not null
            ? await OwnFiles.CopyAsync(own, file, limits, cancellationToken)
            : await download.DownloadAsync(url!, file, limits, cancellationToken);
    }

    private static async Task<Refusal?> DecodeAsync(string text, Stream file, MediaLimits limits, CancellationToken cancellationToken)
    {
        if (DataUri.TryRead(text) is not { } uri)
            return Refusal.Download("it is not a well-formed data URI");
        if (uri.LengthBytes > limits.MaxBytes)
            return Refusal.TooLarge(limits.MaxBytes);
        return await uri.TryWriteAsync(file, cancellationToken) ? null : Refusal.Download("the data URI's content is not padded base64");
    }

    private FetchOutcome.Refused Refuse(MediaReference reference, Refusal refusal)
    {
        log.LogInformation("A medium was refused at {Location}: {Reason}", string.Join('.', reference.Location), refusal.Message);
        return new(refusal.At(reference));
    }
}
