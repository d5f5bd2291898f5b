using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Uploads;

/// <summary>
/// Brings a request's body to the disk: counted, hashed and written as it comes, through one buffer of 128 KiB, whatever its size. Bodies that trickle are cut off
/// by the web server's own minimum rate.
/// </summary>
internal sealed class BodyReception(UploadStaging staging, UploadBudget budget, IOptions<UploadOptions> options)
{
    private const int BufferBytes = 128 << 10;
    private const int NoSpaceOnDevice = 28;

    /// <summary>Receives the body of a request.</summary>
    /// <returns>The body, to be disposed, or why it is refused; then nothing of it is left.</returns>
    /// <exception cref="OperationCanceledException">The client hung up.</exception>
    public async Task<(ReceivedBody? Body, UploadRefusal? Refusal)> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding.ToString() is not ("" or "identity")) return (null, UploadRefusal.Encoded);
        if (request.ContentLength > options.Value.MaxUploadBytes) return (null, UploadRefusal.TooLarge(options.Value.MaxUploadBytes));

        // The count in CopyAsync is the limit. Kestrel's own would cut the connection, and the client would never see the answer.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;

        var account = await budget.OpenAsync(cancellationToken);
        var path = staging.CreateTemporaryPath();
        ReceivedBody? received = null;
        try
        {
            (received, var refusal) = await ReceiveAsync(request.Body, path, account, cancellationToken);
            return (received, refusal);
        }
        catch (IOException problem) when (problem.HResult == NoSpaceOnDevice)
        {
            return (null, UploadRefusal.DiskFull);
        }
        catch (IOException problem) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The client hung up during an upload.", problem, cancellationToken);
        }
        finally
        {
            if (received is null)
            {
                File.Delete(path);
                await account.DisposeAsync();
            }
        }
    }

    private async Task<(ReceivedBody? Body, UploadRefusal? Refusal)> ReceiveAsync(Stream body, string path, UploadBudget.Account account, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = UploadStaging.Create(path);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long length = 0; ;)
            {
                var read = await body.ReadAsync(buffer, cancellationToken);
                if (read == 0) return (new ReceivedBody(path, length, hash.GetHashAndReset(), account), null);

                length += read;
                if (length > options.Value.MaxUploadBytes) return (null, UploadRefusal.TooLarge(options.Value.MaxUploadBytes));
                if (!account.TryTake(read)) return (null, UploadRefusal.NoRoom(options.Value.MaxTotalBytes));
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
