using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kinora.Jobs.Blobs.S3;

/// <summary>
/// Reads a blob from any position through ranged requests of bounded size, so that a reader who leaves early costs little. A connection that breaks or brings
/// nothing is replaced where it broke; a blob that was replaced or deleted meanwhile is an <see cref="IOException"/>, never other bytes. Asynchronous reads only.
/// </summary>
internal sealed class S3ReadStream : Stream
{
    private const int WindowBytes = 8 << 20;

    private readonly IAmazonS3 _client;
    private readonly S3Options _options;
    private readonly string _name;
    private readonly string _tag;
    private readonly byte[] _head;
    private Stream? _body;
    private long _bodyPosition;
    private long _windowEnd;
    private long _position;

    /// <param name="client">Stays open longer than the stream.</param>
    /// <param name="options">Where the bucket is.</param>
    /// <param name="name">The blob.</param>
    /// <param name="tag">Names the content, so that all of it is of one version.</param>
    /// <param name="head">The first bytes, which have come already.</param>
    /// <param name="lengthBytes">The blob's size.</param>
    internal S3ReadStream(IAmazonS3 client, S3Options options, string name, string tag, byte[] head, long lengthBytes)
    {
        (_client, _options, _name, _tag, _head, Length) = (client, options, name, tag, head, lengthBytes);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.Length == 0)
            return 0;
        int read = _position < _head.Length ? ReadHead(buffer) : await ReadBodyAsync(buffer, cancellationToken);
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob in S3 is read asynchronously.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            CloseBody();
        base.Dispose(disposing);
    }

    private int ReadHead(Memory<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, _head.Length - _position);
        _head.AsMemory((int)_position, count).CopyTo(buffer);
        return count;
    }

    private async Task<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await S3Tries.RunAsync(_options, token => TryReadBodyAsync(buffer, token), cancellationToken);
        }
        catch (Exception exception) when (S3Faults.IsFault(exception, cancellationToken))
        {
            throw Explain(exception);
        }
    }

    private async Task<int> TryReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            if (_body is null || _bodyPosition != _position || _position == _windowEnd)
                await OpenBodyAsync(cancellationToken);
            int read = await _body!.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                throw new IOException("The connection ended before the content did.");
            _bodyPosition += read;
            return read;
        }
        catch
        {
            CloseBody();
            throw;
        }
    }

    private async Task OpenBodyAsync(CancellationToken cancellationToken)
    {
        CloseBody();
        long end = Math.Min(_position + WindowBytes, Length);
        var request = new GetObjectRequest { BucketName = _options.Bucket, Key = _name, ByteRange = new ByteRange(_position, end - 1), EtagToMatch = _tag };
        var answer = await _client.GetObjectAsync(request, cancellationToken);
        (_body, _bodyPosition, _windowEnd) = (answer.ResponseStream, _position, end);
    }

    private void CloseBody()
    {
        _body?.Dispose();
        _body = null;
    }

    private BlobStoreException Explain(Exception exception) => exception is AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound }
        ? new BlobStoreException($"The blob {_name} was replaced or deleted while it was read.", canRetry: false, exception)
        : S3Faults.Explain($"The blob {_name} could not be read to its end", exception);
}
