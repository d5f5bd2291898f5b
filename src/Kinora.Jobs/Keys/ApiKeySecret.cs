using System.Security.Cryptography;
using System.Text;

namespace Kinora.Jobs.Keys;

/// <summary>Makes and checks the secrets of API keys.</summary>
public static class ApiKeySecret
{
    private const int SecretBytes = 32;

    /// <summary>Makes a new key: 256 random bits as 64 hexadecimal digits, and the row to store. The secret cannot be had again.</summary>
    /// <param name="alias">A name for people.</param>
    /// <param name="scope">What the key opens.</param>
    /// <param name="createdAt">Now.</param>
    /// <param name="expiresAt">From when on it opens nothing; null: never.</param>
    public static (ApiKeyRecord Record, string Secret) Create(string alias, ApiKeyScope scope, DateTimeOffset createdAt, DateTimeOffset? expiresAt = null)
    {
        string secret = RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true);
        var record = new ApiKeyRecord
        {
            KeyId = Guid.NewGuid().ToString(),
            SecretHash = Hash(secret),
            Alias = alias,
            Scope = scope,
            CreatedAt = createdAt,
            ExpiresAt = expiresAt,
        };
        return (record, secret);
    }

    /// <summary>SHA-256 of the secret's UTF-8 bytes.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>
    /// Whether <paramref name="secret"/> is that of the record, in a time that does not depend on where they differ.
    /// With no record (unknown key id) it takes as long and answers false, so that timing does not tell which ids exist.
    /// </summary>
    public static bool Verify(ApiKeyRecord? record, string secret)
    {
        byte[] given = Hash(secret);
        byte[] expected = record?.SecretHash ?? new byte[SHA256.HashSizeInBytes];
        return CryptographicOperations.FixedTimeEquals(given, expected) & record is not null;
    }
}
