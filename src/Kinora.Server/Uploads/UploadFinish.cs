using System.Security.Cryptography;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;

namespace Kinora.Server.Uploads;

/// <summary>
/// Turns content that has come in whole into a file. Any number of fronts may do so at once: the upload is pinned to one content before any of them stores it.
/// </summary>
internal sealed class UploadFinish(IUploadStore uploads, IBlobStore blobs, TimeProvider time)
{
    /// <summary>Publishes the content; the file can be read when this returns null, and survives a power cut.</summary>
    /// <param name="upload">An open upload.</param>
    /// <param name="path">Its content.</param>
    /// <param name="lengthBytes">The content's length.</param>
    /// <param name="contentHash">What will tell a repetition of this upload from another content.</param>
    /// <returns>Null, or why there is no file.</returns>
    public async Task<UploadRefusal?> FinishAsync(Upload upload, string path, long lengthBytes, byte[] contentHash)
    {
        if (upload.AnnouncedBytes is { } announced && announced != lengthBytes) return UploadRefusal.WrongTotal(announced, lengthBytes);

        if (!await uploads.PinAsync(upload.Id, contentHash, CancellationToken.None)) return await JudgeAsync(upload, contentHash);

        // From here on it is finished even if the client hangs up: it may come back and ask again.
        await blobs.PutFileAsync(upload.BlobName, path, upload.ContentType, CancellationToken.None);
        var now = time.GetUtcNow();
        var file = new StoredFile
        {
            BlobName = upload.BlobName,
            Owner = upload.Owner,
            LengthBytes = lengthBytes,
            CreatedAt = now,
            ExpiresAt = now + upload.Lifetime,
            Access = upload.Access,
        };
        if (await uploads.CompleteAsync(upload.Id, contentHash, file, CancellationToken.None)) return null;

        var refusal = await JudgeAsync(upload, contentHash);

        // It was swept away meanwhile.
        if (refusal == UploadRefusal.Closed) await blobs.DeleteAsync(upload.BlobName, CancellationToken.None);
        return refusal;
    }

    /// <summary>What becomes of content for an upload that others may have finished: the same content is welcome, however often it comes.</summary>
    /// <returns>Null if the file is there with this content, else why not.</returns>
    public async Task<UploadRefusal?> JudgeAsync(Upload upload, byte[] contentHash) => await uploads.FindAsync(upload.Id, CancellationToken.None) switch
    {
        null => UploadRefusal.Closed,
        { ContentHash: { } done } => CryptographicOperations.FixedTimeEquals(done, contentHash) ? null : UploadRefusal.AlreadyDone,
        _ => UploadRefusal.OtherContentComing,
    };
}
