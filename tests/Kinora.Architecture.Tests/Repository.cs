using System.Runtime.CompilerServices;

namespace Kinora.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static IEnumerable<string> SourceFiles(string under) =>
        Directory.EnumerateFiles(PathOf(under), "*.cs", SearchOption.AllDirectories);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        for (var directory = Path.GetDirectoryName(thisFile); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Kinora.slnx")))
                return directory;
        }

        throw new DirectoryNotFoundException($"No Kinora.slnx above {thisFile}.");
    }
}
