using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kinora.Chaos;

/// <summary>A real <c>kinora</c> process that is killed, frozen and started again.</summary>
internal sealed partial class KinoraChild(string name, string? host, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string log) : IDisposable
{
    internal const int Kill = 9;
    internal const int Terminate = 15;
    internal const int Continue = 18;
    internal const int Stop = 19;

    private Process? _process;

    internal string Name => name;

    /// <summary>Its network namespace; null: none.</summary>
    internal string? Host => host;

    internal bool IsRunning => _process is { HasExited: false };

    internal void Start()
    {
        string kinora = Path.Combine(AppContext.BaseDirectory, "kinora");
        // What it says goes to a file through the shell, which becomes the process itself.
        string[] command = ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, .. host is null ? [] : (string[])["ip", "netns", "exec", host], kinora, .. arguments];
        var start = new ProcessStartInfo("sh", command) { RedirectStandardInput = true };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        _process = Process.Start(start)!;
    }

    internal void Signal(int signal) => _ = SendSignal(_process!.Id, signal);

    internal async Task EndAsync(int signal)
    {
        Signal(signal);
        await _process!.WaitForExitAsync();
    }

    public void Dispose()
    {
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
