using System.Diagnostics;
using System.Text;

namespace Kinora.Media.Ffmpeg;

/// <summary>
/// A running child: an argument array and no shell, an empty environment but for a locale, a scratch directory as its working directory,
/// its error output drained to a bounded tail. Disposing kills it, with its own children, and waits until it is gone.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ErrorTail _errors = new();
    private readonly Task _drained;

    private ChildProcess(Process process, string name)
    {
        _process = process;
        Name = name;
        _drained = DrainErrorsAsync();
    }

    /// <summary>The program's name for messages.</summary>
    public string Name { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>The child's standard input; closing it is the end of input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The child's standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts a program by its full path.</summary>
    /// <exception cref="FfmpegMissingException">It cannot be started.</exception>
    public static ChildProcess Start(string program, IReadOnlyList<string> arguments, string workingDirectory, ChildLimits limits)
    {
        var (first, rest) = LimitedCommand.Create(program, arguments, limits);
        var start = new ProcessStartInfo(first, rest)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        try
        {
            var process = Process.Start(start) ?? throw new FfmpegMissingException($"{program} could not be started.");
            return new ChildProcess(process, Path.GetFileName(program));
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new FfmpegMissingException($"{program} could not be started: {e.Message}", e);
        }
    }

    /// <summary>Waits for the end; kills the child if the token fires first.</summary>
    public async Task<ChildExit> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await using (KillOn(cancellationToken))
        {
            await _process.WaitForExitAsync(CancellationToken.None);
            await _drained;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new ChildExit(_process.ExitCode);
    }

    /// <summary>Kills the child as soon as the token fires, which also ends any read or write on its pipes.</summary>
    public CancellationTokenRegistration KillOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static child => ((ChildProcess)child!).Kill(), this);

    /// <summary>What went wrong, in the child's own last words.</summary>
    public ChildFailedException Failed(ChildExit exit) => new(Name, exit, _errors.ToString());

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself in the meantime.
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Killing looks through all processes of the machine for children, some milliseconds that a child that has ended need not cost.
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _drained;
        _process.Dispose();
    }

    private async Task DrainErrorsAsync()
    {
        var buffer = new char[1024];
        int count;
        while ((count = await _process.StandardError.ReadAsync(buffer, CancellationToken.None)) > 0)
            _errors.Append(buffer.AsSpan(0, count));
    }
}
