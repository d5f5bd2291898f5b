namespace Kinora.Cli.Tests;

/// <summary>A tool that a laptop may lack: its tests are skipped there, and fail where <c>KINORA_TEST_REQUIRE</c> (a comma-separated list) names it.</summary>
internal static class RequiredTool
{
    public static void SkipUnlessPresent(string tool)
    {
        if (IsOnPath(tool))
            return;
        var required = (Environment.GetEnvironmentVariable("KINORA_TEST_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains(tool), $"{tool} must be installed here: KINORA_TEST_REQUIRE names it.");
        Assert.Skip($"{tool} is not installed.");
    }

    private static bool IsOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, tool)));
}
