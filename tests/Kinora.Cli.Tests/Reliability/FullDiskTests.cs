using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests.Reliability;

/// <summary>A real server whose disk for files is full.</summary>
public sealed class FullDiskTests
{
    /// <summary>Sees a file system of 256 KB where it keeps its files. Nobody outside sees it, and it is gone with the process.</summary>
    private const string OnASmallDisk = """
        mount -t tmpfs -o size=256k tmpfs "$0" && exec "$@"
        """;

    public static TheoryData<TestStore> Stores => TestInstallation.Stores;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_result_that_does_not_fit_fails_its_job_with_the_reason_and_the_next_one_fits_again(TestStore store)
    {
        if (!await CanMountAsync())
            Assert.Skip("Only root may mount a small disk.");
        await using var installation = await TestInstallation.CreateAsync(store);
        var blobs = Path.Combine(installation.DataPath, "blobs");
        Directory.CreateDirectory(blobs);
        var server = await installation.StartServerAsync(
            [], new Dictionary<string, string> { ["KINORA_MaxAttempts"] = "2" }, "unshare", "--mount", "sh", "-c", OnASmallDisk, blobs);
        var disk = $"/proc/{server.ProcessId}/root{blobs}";
        await FillAsync(Path.Combine(disk, "filler"));

        var doomed = await installation.SubmitAsync(server);
        await server.WaitUntilOverAsync(doomed, TimeSpan.FromSeconds(60));
        using var failure = await server.ResultAsync(doomed);
        File.Delete(Path.Combine(disk, "filler"));
        var next = await installation.SubmitAsync(server);
        var completed = await server.WaitUntilOverAsync(next, TimeSpan.FromSeconds(60));

        Assert.Contains("disk is full", await failure.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(completed["error"]);
        using var result = await server.ResultAsync(next);
        Assert.Contains("video", await result.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(disk, "files"), "*.mp4", SearchOption.AllDirectories));
    }

    private static async Task FillAsync(string path)
    {
        await using var filler = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                await filler.WriteAsync(new byte[4096]);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    private static async Task<bool> CanMountAsync() => (await ToolRun.TryRunAsync("/", "unshare", ["--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"])).ExitCode == 0;
}
