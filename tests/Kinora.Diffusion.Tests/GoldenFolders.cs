namespace Kinora.Diffusion.Tests;

/// <summary>The folders with golden files: the project's own and, if <c>KINORA_GOLDEN_DIR</c> names one, that one.</summary>
internal static class GoldenFolders
{
    public static IReadOnlyList<string> All { get; } = Find();

    /// <summary>Cases whose names begin so: paths without extension.</summary>
    public static IEnumerable<string> Cases(string prefix) =>
        All.SelectMany(folder => Directory.GetFiles(folder, prefix + "*.json"))
            .Where(path => !Path.GetFileName(path).StartsWith("tokenizer", StringComparison.Ordinal))
            .Select(path => path[..^".json".Length])
            .Order(StringComparer.Ordinal);

    private static List<string> Find()
    {
        var folders = new List<string> { Path.Combine(AppContext.BaseDirectory, "Golden") };
        if (Environment.GetEnvironmentVariable("KINORA_GOLDEN_DIR") is { Length: > 0 } other)
            folders.Add(Directory.Exists(other) ? other : throw new DirectoryNotFoundException($"KINORA_GOLDEN_DIR names '{other}', which is not a folder."));
        return folders;
    }
}
