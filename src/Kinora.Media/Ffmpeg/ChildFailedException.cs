namespace Kinora.Media.Ffmpeg;

/// <summary>A child process ended in another way than by success: only the call that started it fails.</summary>
public sealed class ChildFailedException : MediaException
{
    internal ChildFailedException(string program, ChildExit exit, string reason)
        : base($"{program} {exit}: {reason}")
    {
        ExitCode = exit.Code;
        Signal = exit.Signal;
        ErrorOutput = reason;
    }

    /// <summary>The exit code; null if a signal ended the process.</summary>
    public int? ExitCode { get; }

    /// <summary>The number of the signal that ended the process, for example 9 for SIGKILL; null if it exited by itself.</summary>
    public int? Signal { get; }

    /// <summary>The end of what the process wrote to its error output, at most about 4,000 characters.</summary>
    public string ErrorOutput { get; }
}
