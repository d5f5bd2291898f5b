using System.Security.Cryptography;
using System.Text;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>Hashes of files on disk.</summary>
internal static class ContentHash
{
    /// <summary>SHA-256 of a file, lower-case hex.</summary>
    public static async Task<string> Sha256Async(string path, CancellationToken cancellationToken) => (await ReadAsync(path, gitBytes: null, cancellationToken)).Sha256;

    /// <summary>Whether a file has the content that the hub lists.</summary>
    public static async Task<(string Sha256, bool IsRight)> CheckAsync(string path, HubFile file, CancellationToken cancellationToken)
    {
        var (sha256, blob) = await ReadAsync(path, file.Bytes, cancellationToken);
        return (sha256, file.Sha256 is { } listed ? listed == sha256 : file.Identity == blob);
    }

    // Git object ids: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects. SHA-1 is what the hub publishes for its small text files; weights have SHA-256.
    private static async Task<(string Sha256, string? BlobId)> ReadAsync(string path, long? gitBytes, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var git = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        git.AppendData(Encoding.ASCII.GetBytes($"blob {gitBytes}\0"));
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        var isSmall = file.Length < 64 << 20;
        var buffer = new byte[1 << 20];
        for (int count; (count = await file.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            sha256.AppendData(buffer, 0, count);
            if (isSmall)
                git.AppendData(buffer, 0, count);
        }

        return (Convert.ToHexStringLower(sha256.GetHashAndReset()), isSmall ? Convert.ToHexStringLower(git.GetHashAndReset()) : null);
    }
}
