using System.Diagnostics;

namespace Kinora.Jobs.Tests;

/// <summary>This very test program as a second process, running one of <see cref="ChildPrograms"/>.</summary>
internal sealed class ChildProcess : IDisposable
{
    internal const string Argument = "child";

    private readonly Process _process;

    internal ChildProcess(string program, JobsOptions options)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Kinora.Jobs.Tests"))
        {
            ArgumentList = { Argument, program, options.DataDirectory, options.Database ?? "" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: no finally block, no disposal, no flush.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    internal Task WaitForExitAsync(TimeSpan within) => _process.WaitForExitAsync().WaitAsync(within);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
