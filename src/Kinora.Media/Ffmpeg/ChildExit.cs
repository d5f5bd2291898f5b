namespace Kinora.Media.Ffmpeg;

/// <summary>How a child process ended. The runtime reports a signal as 128 plus its number; ffmpeg's own codes are 0, 1, 69 and 255 minus small numbers.</summary>
internal readonly record struct ChildExit(int Status)
{
    private const int SignalBias = 128;

    private const int HighestSignal = 31;

    public bool Succeeded => Status == 0;

    public int? Signal => Status is > SignalBias and <= SignalBias + HighestSignal ? Status - SignalBias : null;

    public int? Code => Signal is null ? Status : null;

    public override string ToString() => Signal is { } signal ? $"was ended by signal {signal} ({NameOf(signal)})" : $"exited with code {Status}";

    private static string NameOf(int signal) => signal switch
    {
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        24 => "SIGXCPU: its CPU time was used up",
        25 => "SIGXFSZ: its file grew too large",
        _ => "unnamed",
    };
}
