using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kinora.Cli.Tests;

/// <summary>A real <c>kinora</c> that runs until it is told to stop, with every line that it writes.</summary>
internal sealed partial class LastingProcess : IAsyncDisposable
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private LastingProcess(Process process) => _process = process;

    /// <summary>Its id, which is that of its launcher too: a launcher becomes what it launches.</summary>
    public int Id => _process.Id;

    /// <summary>What it has written so far, to its output and its errors.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="arguments">The verb and its options.</param>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <param name="launcher">A program with arguments that ends by becoming the one that follows it.</param>
    public static LastingProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, params string[] launcher)
    {
        string[] command = [.. launcher, Path.Combine(AppContext.BaseDirectory, "kinora"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var lasting = new LastingProcess(Process.Start(start)!);
        lasting._process.OutputDataReceived += (_, line) => lasting.Keep(line.Data);
        lasting._process.ErrorDataReceived += (_, line) => lasting.Keep(line.Data);
        lasting._process.BeginOutputReadLine();
        lasting._process.BeginErrorReadLine();
        return lasting;
    }

    /// <summary>Waits for a line that holds some text.</summary>
    public async Task<string> WaitForLineAsync(string part)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var hasExited = _process.HasExited;
            if (Lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal)) is { } found)
                return found;
            if (hasExited || watch.Elapsed > s_patience)
                throw new InvalidOperationException($"It never wrote '{part}', but:\n" + string.Join('\n', Lines));
            await Task.Delay(10);
        }
    }

    /// <summary>Sends a signal and does not wait for what comes of it.</summary>
    public void Signal(int signal) => _ = SendSignal(_process.Id, signal);

    /// <summary><c>kill -9</c>: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        Signal(Kill);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for its end; returns the exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
