using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kinora.Jobs.Blobs.S3;

/// <summary>Stores a large file in parts, some at once, each streamed from the file. What does not become a blob is thrown away.</summary>
internal sealed class S3PartUpload(IAmazonS3 client, S3Options options)
{
    private const int MostParts = 10_000;

    /// <returns>The blob's tag.</returns>
    internal async Task<string> PutAsync(string name, FileInfo file, string contentType, CancellationToken cancellationToken)
    {
        var begun = await client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = options.Bucket, Key = name, ContentType = contentType }.Encrypt(options), cancellationToken);
        try
        {
            var parts = await SendPartsAsync(name, begun.UploadId, file, cancellationToken);
            return await CompleteAsync(name, begun.UploadId, parts, file.Length, cancellationToken);
        }
        catch
        {
            await AbortAsync(name, begun.UploadId);
            throw;
        }
    }

    private async Task<PartETag[]> SendPartsAsync(string name, string uploadId, FileInfo file, CancellationToken cancellationToken)
    {
        long partBytes = Math.Max(options.PartBytes, (file.Length + MostParts - 1) / MostParts);
        var parts = new PartETag[(file.Length + partBytes - 1) / partBytes];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.PartsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, parts.Length, atOnce, async (index, token) =>
        {
            long position = index * partBytes;
            var answer = await client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = options.Bucket,
                    Key = name,
                    UploadId = uploadId,
                    PartNumber = index + 1,
                    FilePath = file.FullName,
                    FilePosition = position,
                    PartSize = Math.Min(partBytes, file.Length - position),
                    UseChunkEncoding = false,
                },
                token);
            parts[index] = new PartETag(index + 1, answer.ETag);
        });
        return parts;
    }

    private async Task<string> CompleteAsync(string name, string uploadId, IEnumerable<PartETag> parts, long lengthBytes, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = options.Bucket, Key = name, UploadId = uploadId, PartETags = [.. parts] }, cancellationToken);
            return answer.ETag;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.NotFound)
        {
            // A repeated request finds the upload gone when the first one went through and only its answer was lost.
            var stored = await client.GetObjectMetadataAsync(options.Bucket, name, cancellationToken);
            if (stored.ContentLength != lengthBytes)
                throw;
            return stored.ETag;
        }
    }

    private async Task AbortAsync(string name, string uploadId)
    {
        try
        {
            using var patience = new CancellationTokenSource(options.Timeout);
            await client.AbortMultipartUploadAsync(options.Bucket, name, uploadId, patience.Token);
        }
        catch (Exception exception) when (S3Faults.IsFault(exception, CancellationToken.None))
        {
            // What is left is found by DeleteUnfinishedAsync.
        }
    }
}
