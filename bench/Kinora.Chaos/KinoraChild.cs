using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kinora.Chaos;

/// <summary>
/// A real <c>kinora</c> process that is killed, frozen and started again. One that ends by itself, because it came up while the database was away, is started
/// again too, as systemd and Kubernetes do.
/// </summary>
internal sealed partial class KinoraChild(string name, string? host, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string log) : IDisposable
{
    internal const int Kill = 9;
    internal const int Terminate = 15;
    internal const int Continue = 18;
    internal const int Stop = 19;

    private static readonly TimeSpan s_restartPause = TimeSpan.FromSeconds(0.5);

    private Process? _process;
    private volatile bool _isWanted;

    internal string Name => name;

    /// <summary>Its network namespace; null: none.</summary>
    internal string? Host => host;

    internal bool IsRunning => _process is { HasExited: false };

    internal void Start()
    {
        _isWanted = true;
        Launch();
    }

    private void Launch()
    {
        string kinora = Path.Combine(AppContext.BaseDirectory, "kinora");
        // What it says goes to a file through the shell, which becomes the process itself.
        string[] command = ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, .. host is null ? [] : (string[])["ip", "netns", "exec", host], kinora, .. arguments];
        var start = new ProcessStartInfo("sh", command) { RedirectStandardInput = true };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        var launched = Process.Start(start)!;
        launched.EnableRaisingEvents = true;
        launched.Exited += (_, _) => _ = LaunchAgainAsync(launched);
        _process = launched;
    }

    private async Task LaunchAgainAsync(Process ended)
    {
        await Task.Delay(s_restartPause);
        if (_isWanted && _process == ended)
            Launch();
    }

    internal void Signal(int signal) => _ = SendSignal(_process!.Id, signal);

    internal async Task EndAsync(int signal)
    {
        _isWanted = false;
        if (IsRunning)
            Signal(signal);
        await _process!.WaitForExitAsync();
    }

    public void Dispose()
    {
        _isWanted = false;
        if (IsRunning)
        {
            Signal(Kill);
            _process!.WaitForExit();
        }

        _process?.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
