using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>
/// Takes uploads that come in parts: in any order, each as often as the client likes and at whichever front, until the list of all of them finishes the upload.
/// Until then they wait in the blob store.
/// </summary>
internal sealed class MultipartUpload(
    BodyReception reception, UploadFinish finish, UploadStaging staging, IUploadStore uploads, IBlobStore blobs, UploadLocks locks, IOptions<UploadOptions> options)
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Receives a part.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="number">Its place, from 1.</param>
    /// <param name="request">Carries its content.</param>
    /// <param name="cancellationToken">Fires when the client hangs up.</param>
    /// <returns>The part's tag, or why it was not taken.</returns>
    public async Task<(string? Tag, UploadRefusal? Refusal)> ReceivePartAsync(Upload upload, int number, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!upload.IsMultipart) return (null, UploadRefusal.NotMultipart);
        if (upload.ContentHash is not null) return (null, UploadRefusal.AlreadyDone);
        if (number is < 1 or > PartList.MaxNumber) return (null, UploadRefusal.BadRequest($"A part's number must be 1 to {PartList.MaxNumber}."));

        var (body, refusal) = await reception.ReceiveAsync(request, cancellationToken);
        if (body is null) return (null, refusal);

        await using (body)
        {
            using var turn = await locks.EnterAsync(upload.Id, cancellationToken);
            return await KeepAsync(upload, number, body) is { } fault ? (null, fault) : (body.Tag, null);
        }
    }

    /// <summary>Finishes the upload. The same list again is answered as the first time.</summary>
    /// <returns>Null when the file is there, else why not.</returns>
    public async Task<UploadRefusal?> CompleteAsync(Upload upload, IReadOnlyList<ListedPart> listed, CancellationToken cancellationToken)
    {
        if (!upload.IsMultipart) return UploadRefusal.NotMultipart;
        using var turn = await locks.EnterAsync(upload.Id, cancellationToken);
        var hash = Hash(listed);
        var open = await finish.JudgeAsync(upload, hash);
        if (open != UploadRefusal.OtherContentComing) return open;

        // What another front did meanwhile (finish it and clear the parts away) makes this one fail; the outcome is what counts.
        var refusal = await JoinAsync(upload, listed, hash);
        return refusal is not null && await uploads.FindAsync(upload.Id, cancellationToken) is { ContentHash: not null } ? await finish.JudgeAsync(upload, hash) : refusal;
    }

    private async Task<UploadRefusal?> KeepAsync(Upload upload, int number, ReceivedBody body)
    {
        var parts = await uploads.ListPartsAsync(upload.Id, CancellationToken.None);
        var before = parts.FirstOrDefault(part => part.Number == number);
        if (parts.Sum(part => part.LengthBytes) - (before?.LengthBytes ?? 0) + body.LengthBytes > options.Value.MaxUploadBytes)
            return UploadRefusal.TooLarge(options.Value.MaxUploadBytes);

        var blob = blobs.CreateName("part");
        await blobs.PutFileAsync(blob, body.Path, upload.ContentType, CancellationToken.None);
        if (!await uploads.PutPartAsync(upload.Id, new UploadPart(number, body.LengthBytes, body.Tag, blob), CancellationToken.None))
        {
            await blobs.DeleteAsync(blob, CancellationToken.None);
            return await uploads.FindAsync(upload.Id, CancellationToken.None) is null ? UploadRefusal.Closed : UploadRefusal.AlreadyDone;
        }

        if (before is not null) await blobs.DeleteAsync(before.BlobName, CancellationToken.None);
        return null;
    }

    private async Task<UploadRefusal?> JoinAsync(Upload upload, IReadOnlyList<ListedPart> listed, byte[] hash)
    {
        var parts = await uploads.ListPartsAsync(upload.Id, CancellationToken.None);
        if (PartList.FindFault(listed, parts) is { } fault) return fault;

        var whole = staging.CreateTemporaryPath();
        try
        {
            if (await JoinAsync(parts, whole) is { } damaged)
                return UploadRefusal.BadRequest($"Part {damaged.Number} was lost or damaged on this server. Upload it again.");
            var refusal = await finish.FinishAsync(upload, whole, parts.Sum(part => part.LengthBytes), hash);
            if (refusal is null) await DeleteAsync(parts);
            return refusal;
        }
        finally
        {
            File.Delete(whole);
        }
    }

    private async Task DeleteAsync(IReadOnlyList<UploadPart> parts)
    {
        foreach (var part in parts) await blobs.DeleteAsync(part.BlobName, CancellationToken.None);
    }

    // Gives the first part that is not what it was.
    private async Task<UploadPart?> JoinAsync(IReadOnlyList<UploadPart> parts, string path)
    {
        await using var whole = UploadStaging.Create(path);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            foreach (var part in parts)
            {
                if (!await TryAppendAsync(whole, part, buffer)) return part;
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> TryAppendAsync(FileStream whole, UploadPart part, byte[] buffer)
    {
        if (await blobs.TryOpenAsync(part.BlobName, CancellationToken.None) is not { } content) return false;
        await using var _ = content;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await content.Stream.ReadAsync(buffer) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            await whole.WriteAsync(buffer.AsMemory(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == part.Tag;
    }

    private static byte[] Hash(IEnumerable<ListedPart> parts) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(part => $"{part.Number} {part.Tag}"))));
}
