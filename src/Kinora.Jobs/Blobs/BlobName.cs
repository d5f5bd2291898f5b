using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Kinora.Jobs.Blobs;

/// <summary>The names of blobs, the same in every kind of storage: <c>b/{8 hexadecimal digits}/{21 of 64 letters}_{file name}</c>, 158 random bits.</summary>
internal static partial class BlobName
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int RandomLetters = 21;
    private const int LongestFileName = 100;

    /// <inheritdoc cref="IBlobStore.CreateName"/>
    internal static string Create(string fileName)
    {
        string folder = RandomNumberGenerator.GetHexString(8, lowercase: true);
        string random = RandomNumberGenerator.GetString(Alphabet, RandomLetters);
        return $"b/{folder}/{random}_{ToSafeFileName(fileName)}";
    }

    /// <summary>Whether <see cref="Create"/> could have made the name.</summary>
    internal static bool IsValid(string name) => Form().IsMatch(name);

    /// <exception cref="ArgumentException"><see cref="Create"/> could not have made the name.</exception>
    internal static void Require(string name)
    {
        if (!IsValid(name))
            throw new ArgumentException("A blob's name must come from CreateName.", nameof(name));
    }

    private static string ToSafeFileName(string fileName)
    {
        string last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        string safe = UnsafeLetters().Replace(last, "_").Trim('.');
        return safe.Length switch
        {
            0 => "file",
            > LongestFileName => safe[^LongestFileName..].TrimStart('.'),
            _ => safe,
        };
    }

    [GeneratedRegex(@"[^A-Za-z0-9._-]", RegexOptions.CultureInvariant)]
    private static partial Regex UnsafeLetters();

    [GeneratedRegex(@"\Ab/[0-9a-f]{8}/[A-Za-z0-9_-]{21}_[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
