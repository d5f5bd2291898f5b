using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;

namespace Kinora.Server.Uploads;

/// <summary>Deletes what is over: expired files, uploads that were never finished and their parts, spent tokens, and what a crash left behind.</summary>
internal sealed class UploadSweep(IUploadStore uploads, IFileStore files, IBlobStore blobs, UploadStaging staging, UploadLocks locks, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>A body that began in time may still come in this long after its upload has closed.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromHours(1);

    // A job completes within moments of its files.
    private static readonly TimeSpan s_orphanAge = TimeSpan.FromDays(1);

    /// <summary>Sweeps once. What fails is tried again by the next sweep.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await DeleteExpiredFilesAsync(now, cancellationToken);
        await DeleteClosedUploadsAsync(now - s_grace, cancellationToken);
        await uploads.DeleteExpiredTokensAsync(now, cancellationToken);
        await files.ForgetOrphansAsync(now - s_orphanAge, cancellationToken);
        staging.DeleteLeftovers(now - s_orphanAge);
    }

    private async Task DeleteExpiredFilesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> expired;
        do
        {
            expired = await files.ListExpiredAsync(now, Batch, cancellationToken);
            foreach (var name in expired) await blobs.DeleteAsync(name, cancellationToken);
            if (expired.Count > 0) await files.DeleteAsync(expired, cancellationToken);
        }
        while (expired.Count == Batch);
    }

    private async Task DeleteClosedUploadsAsync(DateTimeOffset closedBy, CancellationToken cancellationToken)
    {
        IReadOnlyList<Upload> closed;
        do
        {
            closed = await uploads.ListClosedAsync(closedBy, Batch, cancellationToken);
            foreach (var upload in closed) await DeleteAsync(upload.Id, cancellationToken);
        }
        while (closed.Count == Batch);
    }

    private async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(id, cancellationToken);
        var parts = await uploads.ListPartsAsync(id, cancellationToken);
        if (await uploads.DeleteAsync(id, cancellationToken) is not { } upload) return;

        // A crash between publishing and noting leaves a blob that nobody was told of. What a crash here leaves is an orphan like any other.
        if (upload.ContentHash is null) await blobs.DeleteAsync(upload.BlobName, cancellationToken);
        foreach (var part in parts) await blobs.DeleteAsync(part.BlobName, cancellationToken);
    }
}
