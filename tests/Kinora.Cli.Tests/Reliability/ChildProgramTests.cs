using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Jobs.Tests;

namespace Kinora.Cli.Tests.Reliability;

/// <summary>A child program that a real worker starts misbehaves.</summary>
public sealed class ChildProgramTests
{
    /// <summary>The real encoder, unless a file beside it says what to do instead. It answers the questions that are asked at the start as ever.</summary>
    private const string Encoder = """
        #!/bin/sh
        here=$(dirname "$0")
        case "$*" in *libx264*-f*) [ -e "$here/instead" ] && . "$here/instead";; esac
        exec "$(cat "$here/real")" "$@"
        """;

    public static TheoryData<TestStore, string, string> Faults
    {
        get
        {
            var faults = new TheoryData<TestStore, string, string>();
            foreach (var store in (TestStore[])[TestStore.Sqlite, TestStore.Postgres])
            {
                faults.Add(store, "exit 3", "The engine failed");
                faults.Add(store, "kill -SEGV $$", "The engine failed");
                faults.Add(store, "exec sleep 600", "longer than this server allows");
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Only_the_job_of_a_child_that_fails_crashes_or_hangs_fails_and_it_says_why(TestStore store, string fault, string told)
    {
        await using var installation = await TestInstallation.CreateAsync(store, isInstant: false);
        var programs = Path.Combine(installation.DataPath, "programs");
        WriteEncoder(programs);
        var front = await installation.StartServerAsync(["--slots", "0"], new Dictionary<string, string> { ["KINORA_MaxAttempts"] = "2" });
        var worker = await installation.StartWorkerAsync([], new Dictionary<string, string>
        {
            ["PATH"] = programs + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["KINORA_RunTimeoutSeconds"] = "20",
        });

        await File.WriteAllTextAsync(Path.Combine(programs, "instead"), fault);
        var failing = await installation.SubmitAsync(front);
        var failed = await front.WaitUntilOverAsync(failing, TimeSpan.FromSeconds(120));
        File.Delete(Path.Combine(programs, "instead"));
        var next = await installation.SubmitAsync(front);
        var completed = await front.WaitUntilOverAsync(next, TimeSpan.FromSeconds(120));

        Assert.NotNull(failed["error"]);
        using var result = await front.ResultAsync(failing);
        Assert.Contains(told, await result.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(completed["error"]);

        // The decoder that waits for the next picture reads an empty ffmetadata file meanwhile.
        Assert.DoesNotContain(CommandsOfChildrenOf(worker.Id), command => !command.Contains("ffmetadata", StringComparison.Ordinal));
        var verdict = await installation.ReadVerdictAsync(failing, next);
        Assert.Equal((1, 1, 0, 0), (verdict.Completed, verdict.Failed, verdict.DoubleBills, verdict.Orphans));
    }

    private static void WriteEncoder(string directory)
    {
        Directory.CreateDirectory(directory);
        var real = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "ffmpeg")).First(File.Exists);
        File.WriteAllText(Path.Combine(directory, "real"), real);
        var encoder = Path.Combine(directory, "ffmpeg");
        File.WriteAllText(encoder, Encoder + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(encoder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static IEnumerable<string> CommandsOfChildrenOf(int process) => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
        .Where(folder => TryRead(folder, "status").Contains($"\nPPid:\t{process}\n", StringComparison.Ordinal))
        .Select(folder => TryRead(folder, "cmdline").Replace('\0', ' '))
        .Where(command => command.Length > 0);

    // It may end meanwhile.
    private static string TryRead(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
