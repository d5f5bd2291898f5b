using System.Diagnostics;

namespace Kinora.Cli.Tests;

/// <summary>One run of the <c>kinora</c> command.</summary>
internal sealed record KinoraProcess(int ExitCode, string Output, string Errors)
{
    public static Task<KinoraProcess> RunAsync(params string[] arguments) => RunAsync(new ProcessStartInfo(ServerProcess.KinoraPath, arguments));

    /// <summary>Runs it with variables besides those of this process.</summary>
    public static Task<KinoraProcess> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(ServerProcess.KinoraPath, arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return RunAsync(start);
    }

    /// <summary>Runs it where programs are looked for in <paramref name="path"/> only. The runtime itself is found by its root.</summary>
    public static Task<KinoraProcess> RunWithPathAsync(string path, params string[] arguments)
    {
        var runtime = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return RunAsync(new ProcessStartInfo(ServerProcess.KinoraPath, arguments) { Environment = { ["PATH"] = path, ["DOTNET_ROOT"] = runtime } });
    }

    private static async Task<KinoraProcess> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return new KinoraProcess(process.ExitCode, await output, await errors);
    }
}
