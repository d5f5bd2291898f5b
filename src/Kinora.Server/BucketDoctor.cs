using Kinora.Jobs.Blobs;
using Kinora.Jobs.Blobs.S3;
using Kinora.Media;

namespace Kinora.Server;

/// <summary>Stores a small file in a bucket, reads it and deletes it.</summary>
internal static class BucketDoctor
{
    private const string Content = "kinora doctor";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static async Task<DoctorFinding> ExamineAsync(S3Options options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        var where = $"bucket {options.Bucket} at {options.Endpoint?.ToString() ?? "Amazon"}";
        try
        {
            using var blobs = new S3BlobStore(options, time);
            await ProbeAsync(blobs, patience.Token);
            return new DoctorFinding("storage", true, $"{where} stores, reads and deletes");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DoctorFinding("storage", false, $"{where} did not answer within {s_patience.TotalSeconds:0} s");
        }
        catch (Exception problem) when (problem is BlobStoreException or IOException)
        {
            return new DoctorFinding("storage", false, $"{where}: {problem.Message}");
        }
    }

    private static async Task ProbeAsync(S3BlobStore blobs, CancellationToken cancellationToken)
    {
        using var scratch = ScratchDirectory.Create();
        var source = scratch.PathOf("probe.txt");
        await File.WriteAllTextAsync(source, Content, cancellationToken);
        var name = blobs.CreateName("doctor.txt");
        await blobs.PutFileAsync(name, source, "text/plain", cancellationToken);
        await using (var stored = await blobs.TryOpenAsync(name, cancellationToken) ?? throw new IOException("what was stored is not there"))
        {
            using var reader = new StreamReader(stored.Stream);
            if (await reader.ReadToEndAsync(cancellationToken) != Content)
                throw new IOException("what was stored reads differently");
        }

        await blobs.DeleteAsync(name, cancellationToken);
    }
}
