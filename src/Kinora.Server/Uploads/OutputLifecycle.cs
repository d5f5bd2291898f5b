using Kinora.Jobs;
using Kinora.Jobs.Files;

namespace Kinora.Server.Uploads;

/// <summary>Gives the outputs of a request the expiry and the access rules that its submit asked for.</summary>
internal sealed class OutputLifecycle(IFileStore files, TimeProvider time)
{
    /// <summary>Notes what the job asks for. Call it when the blob is there and before the job completes, so that no moment is without the rules.</summary>
    public async Task ApplyAsync(Job job, string blobName, long lengthBytes, CancellationToken cancellationToken)
    {
        if (job.FileLifecycle is not { } text) return;
        var asked = FileLifecycle.Parse(text, FileLifecycle.PreferenceHeader);
        var now = time.GetUtcNow();
        var file = new StoredFile
        {
            BlobName = blobName,
            Owner = job.Owner,
            LengthBytes = lengthBytes,
            CreatedAt = now,
            ExpiresAt = now + asked.Lifetime,
            Access = asked.Access?.ToJson(),
            IsOutput = true,
        };
        await files.PutAsync(file, cancellationToken);
    }
}
