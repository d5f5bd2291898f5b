using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests;

/// <summary>The packages that a folder's lock file names, installed beside it once.</summary>
internal static class NpmPackages
{
    /// <summary>Installs them unless they are there, or skips the test where there is no Node. Test processes that come at once wait for each other.</summary>
    public static async Task InstallAsync(string directory)
    {
        RequiredTool.SkipUnlessPresent("node");
        RequiredTool.SkipUnlessPresent("npm");
        await using var turn = await WaitForTurnAsync(Path.Combine(directory, ".installing"));
        if (!AreThere(directory))
            await ToolRun.RunAsync(directory, "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    }

    /// <summary>npm writes down what it installed: a lock file that is newer is not installed yet.</summary>
    private static bool AreThere(string directory)
    {
        var installed = new FileInfo(Path.Combine(directory, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(directory, "package-lock.json"));
    }

    private static async Task<FileStream> WaitForTurnAsync(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200);
            }
        }
    }
}
