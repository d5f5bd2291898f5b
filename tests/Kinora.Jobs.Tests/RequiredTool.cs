namespace Kinora.Jobs.Tests;

/// <summary>A tool that a laptop may lack: its tests are skipped there, and fail where <c>KINORA_TEST_REQUIRE</c> (a comma-separated list) names it.</summary>
internal static class RequiredTool
{
    public static void SkipUnlessPresent(string tool) => FindOrSkip(tool, tool);

    /// <summary>Whether a program of this name is on the path.</summary>
    public static bool IsInstalled(string program) => FindOnPath(program) is not null;

    /// <summary>The path of the first of these programs that is installed.</summary>
    /// <param name="word">What <c>KINORA_TEST_REQUIRE</c> calls them.</param>
    /// <param name="programs">File names to look for on the path.</param>
    public static string FindOrSkip(string word, params string[] programs)
    {
        if (programs.Select(FindOnPath).FirstOrDefault(path => path is not null) is { } found)
            return found;
        SkipOrFail(word, string.Join(" or ", programs));
        return "";
    }

    /// <summary>Skips the test for want of something, or fails it where <c>KINORA_TEST_REQUIRE</c> has its word.</summary>
    public static void SkipOrFail(string word, string what)
    {
        var required = (Environment.GetEnvironmentVariable("KINORA_TEST_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains(word), $"{what} must be installed here: KINORA_TEST_REQUIRE names {word}.");
        Assert.Skip($"{what} is not installed.");
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
}
