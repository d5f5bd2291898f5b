using System.Diagnostics;

namespace Kinora.Cli.Tests;

/// <summary>One run of somebody else's program.</summary>
internal sealed record ToolRun(int ExitCode, string Output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs it to its end and shows what it wrote if it failed.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string directory, string program, string[] arguments, Dictionary<string, string>? environment = null)
    {
        var run = await TryRunAsync(directory, program, arguments, environment);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {run.ExitCode}:\n{run.Output}");
        return run.Output;
    }

    /// <summary>Runs it to its end, however it ends.</summary>
    public static async Task<ToolRun> TryRunAsync(string directory, string program, string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(s_limit);
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, $"{await output}\n{await errors}");
    }
}
