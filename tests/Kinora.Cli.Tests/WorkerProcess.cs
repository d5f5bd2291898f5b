using System.Diagnostics;

namespace Kinora.Cli.Tests;

/// <summary>A real <c>kinora worker</c> in a process of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Starts it and waits until it works.</summary>
    public static async Task<WorkerProcess> StartAsync(params string[] options)
    {
        var process = Process.Start(new ProcessStartInfo(ServerProcess.KinoraPath, ["worker", .. options]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("Kinora works", StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new WorkerProcess(process);
        }

        throw new InvalidOperationException("The worker did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
