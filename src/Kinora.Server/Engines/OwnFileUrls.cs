using System.Text.RegularExpressions;

namespace Kinora.Server.Engines;

/// <summary>
/// Recognises the URLs of files that this server made, by whatever name or proxy a client reached it. The names are unguessable, so a path that holds
/// one is this server's; if it is not, no such blob is there.
/// </summary>
internal static partial class OwnFileUrls
{
    /// <summary>The blob's name in <c>…/files/b/{8 hex}/{random}_{file name}</c>, or null.</summary>
    public static string? FindBlob(Uri url) => FilePath().Match(url.AbsolutePath) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("/files/(b/[0-9a-f]{8}/[A-Za-z0-9_.-]+)$")]
    private static partial Regex FilePath();
}
