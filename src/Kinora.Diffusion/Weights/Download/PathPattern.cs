using System.Text.RegularExpressions;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>Paths where <c>*</c> stands for any characters but a slash.</summary>
internal static class PathPattern
{
    /// <summary>Whether a path is meant.</summary>
    public static bool Matches(string pattern, string path) =>
        Regex.IsMatch(path, "^" + Regex.Escape(pattern).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant | RegexOptions.Singleline);
}
