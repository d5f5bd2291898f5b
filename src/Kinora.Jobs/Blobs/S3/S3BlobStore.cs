using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kinora.Jobs.Blobs.S3;

/// <summary>
/// Blobs as objects of one bucket, under their names. Small files go in one request, large ones in parts; nothing of a file is held in memory but what is on
/// its way. The SDK repeats what may succeed on another try, with growing pauses; see <see cref="S3Options.Retries"/>.
/// </summary>
public sealed class S3BlobStore : IBlobStore, IDisposable
{
    /// <summary>What the first request of a read brings: enough for a small picture, little for a player that is after a range.</summary>
    private const int HeadBytes = 64 << 10;

    private const string Prefix = "b/";

    private readonly AmazonS3Client _client;
    private readonly S3Options _options;
    private readonly TimeProvider _time;
    private readonly S3PartUpload _parts;

    /// <param name="options">Valid options.</param>
    /// <param name="time">The clock from which signed URLs expire.</param>
    public S3BlobStore(S3Options options, TimeProvider time)
    {
        (_client, _options, _time) = (S3Connection.Open(options), options, time);
        _parts = new S3PartUpload(_client, options);
    }

    /// <summary>How many blobs one request lists.</summary>
    internal int PageSize { get; init; } = 1_000;

    /// <inheritdoc/>
    public string CreateName(string fileName) => BlobName.Create(fileName);

    /// <inheritdoc/>
    public async Task PutFileAsync(string name, string localPath, string contentType, CancellationToken cancellationToken)
    {
        BlobName.Require(name);
        var file = new FileInfo(localPath);
        if (!file.Exists)
            throw new FileNotFoundException("There is no file to store.", localPath);

        await AskAsync(
            $"The blob {name} could not be stored",
            async () => file.Length > _options.PartBytes
                ? await _parts.PutAsync(name, file, contentType, cancellationToken)
                : (await PutWholeAsync(name, file, contentType, cancellationToken)).ETag,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BlobContent?> TryOpenAsync(string name, CancellationToken cancellationToken)
    {
        if (!BlobName.IsValid(name))
            return null;
        return await AskAsync($"The blob {name} could not be opened", () => S3Tries.RunAsync(_options, token => OpenAsync(name, token), cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Uri? TryCreateReadUrl(string name, TimeSpan lifetime)
    {
        if (!BlobName.IsValid(name))
            return null;
        var request = new GetPreSignedUrlRequest
        {
            BucketName = _options.Bucket,
            Key = name,
            Expires = (_time.GetUtcNow() + lifetime).UtcDateTime,
            Protocol = _options.Endpoint?.Scheme == "http" ? Protocol.HTTP : Protocol.HTTPS,
        };
        return new Uri(_client.GetPreSignedURL(request));
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (BlobName.IsValid(name))
            await AskAsync($"The blob {name} could not be deleted", () => TryDeleteAsync(name, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredBlob> ListAsync(DateTimeOffset storedBy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = Prefix, MaxKeys = PageSize };
        do
        {
            var page = await AskAsync("The blobs could not be listed", () => _client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var blob in page.S3Objects ?? [])
            {
                var stored = new StoredBlob(blob.Key, blob.Size ?? 0, UtcOf(blob.LastModified));
                if (stored.LastModified <= storedBy && BlobName.IsValid(stored.Name))
                    yield return stored;
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    /// <inheritdoc/>
    public async Task<int> DeleteUnfinishedAsync(DateTimeOffset begunBy, CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = _options.Bucket, Prefix = Prefix, MaxUploads = PageSize };
        int count = 0;
        while (true)
        {
            var page = await AskAsync("Unfinished uploads could not be listed", () => _client.ListMultipartUploadsAsync(request, cancellationToken), cancellationToken);
            foreach (var upload in (page.MultipartUploads ?? []).Where(upload => UtcOf(upload.Initiated) <= begunBy && BlobName.IsValid(upload.Key)))
            {
                await AskAsync("An unfinished upload could not be thrown away", () => TryAbortAsync(upload, cancellationToken), cancellationToken);
                count++;
            }

            if (page.IsTruncated != true)
                return count;
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
    }

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => AskAsync(
        $"The bucket {_options.Bucket} does not answer",
        () => _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = Prefix, MaxKeys = 1 }, cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private Task<PutObjectResponse> PutWholeAsync(string name, FileInfo file, string contentType, CancellationToken cancellationToken) => _client.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = _options.Bucket,
            Key = name,
            FilePath = file.FullName,
            ContentType = contentType,
            UseChunkEncoding = false,
        }.Encrypt(_options),
        cancellationToken);

    private async Task<BlobContent?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectRequest { BucketName = _options.Bucket, Key = name, ByteRange = new ByteRange(0, HeadBytes - 1) };
            using var answer = await _client.GetObjectAsync(request, cancellationToken);
            byte[] head = await ReadHeadAsync(answer, cancellationToken);
            long length = LengthOf(answer);
            return new BlobContent(
                new S3ReadStream(_client, _options, name, answer.ETag, head, length), length, answer.Headers.ContentType, UtcOf(answer.LastModified));
        }
        catch (AmazonS3Exception refused) when (S3Faults.IsNotThere(refused))
        {
            return null;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // An empty blob has no first byte.
            var empty = await _client.GetObjectMetadataAsync(_options.Bucket, name, cancellationToken);
            return new BlobContent(Stream.Null, 0, empty.Headers.ContentType, UtcOf(empty.LastModified));
        }
    }

    private static async Task<byte[]> ReadHeadAsync(GetObjectResponse answer, CancellationToken cancellationToken)
    {
        byte[] head = new byte[Math.Min(answer.ContentLength, HeadBytes)];
        await answer.ResponseStream.ReadExactlyAsync(head, cancellationToken);
        return head;
    }

    // "bytes 0-65535/1234567"; an answer without it is the whole.
    private static long LengthOf(GetObjectResponse answer) => answer.ContentRange is { Length: > 0 } range
        ? long.Parse(range.AsSpan(range.LastIndexOf('/') + 1), CultureInfo.InvariantCulture)
        : answer.ContentLength;

    private async Task<bool> TryDeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await _client.DeleteObjectAsync(_options.Bucket, name, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception refused) when (S3Faults.IsNotThere(refused))
        {
            // Amazon calls that a success, others do not.
            return false;
        }
    }

    private async Task<bool> TryAbortAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            await _client.AbortMultipartUploadAsync(_options.Bucket, upload.Key, upload.UploadId, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception refused) when (S3Faults.IsNotThere(refused))
        {
            // Another process was faster.
            return false;
        }
    }

    private static DateTimeOffset UtcOf(DateTime? time) => new(time!.Value.ToUniversalTime());

    private static async Task<T> AskAsync<T>(string what, Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request();
        }
        catch (Exception exception) when (S3Faults.IsFault(exception, cancellationToken))
        {
            throw S3Faults.Explain(what, exception);
        }
    }
}
