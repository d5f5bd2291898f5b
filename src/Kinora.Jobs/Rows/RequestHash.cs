using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Kinora.Jobs.Rows;

/// <summary>What a second submit under the same idempotency key must match.</summary>
internal static class RequestHash
{
    /// <summary>SHA-256 of endpoint, a line feed and input; null for a job without a key.</summary>
    internal static byte[]? Of(NewJob job)
    {
        if (job.IdempotencyKey is null)
            return null;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(job.Endpoint + "\n"));
        int length = Encoding.UTF8.GetByteCount(job.Input);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        hash.AppendData(buffer, 0, Encoding.UTF8.GetBytes(job.Input, buffer));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash.GetHashAndReset();
    }
}
