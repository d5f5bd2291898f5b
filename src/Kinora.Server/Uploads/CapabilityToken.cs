using System.Security.Cryptography;
using System.Text;

namespace Kinora.Server.Uploads;

/// <summary>
/// Tokens that allow an upload to whoever holds them: 256 random bits. Only their SHA-256 is stored, which is enough for a secret that nobody can guess.
/// </summary>
internal static class CapabilityToken
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int Letters = 43;

    /// <summary>Makes a token of letters that need no escaping in a URL or a header.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Letters);

    /// <summary>Makes a name that nobody can guess (128 random bits), of digits and lower-case letters.</summary>
    public static string CreateId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>SHA-256 of a token.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether a token is the one with this hash, in a time that does not depend on where they differ.</summary>
    public static bool Verify(string token, byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(token), hash);
}
