using System.Globalization;

namespace Kinora.Media.Ffmpeg;

/// <summary>
/// Puts <c>prlimit</c> (util-linux) in front of a command: it sets the limits on itself and becomes the command, so the process id stays
/// and there is no moment without limits. Where it is not installed the child runs with time limits only; <c>FfmpegInstallation.HasChildLimits</c> tells.
/// </summary>
internal static class LimitedCommand
{
    private static readonly string? s_prlimit = ProgramPath.Find("prlimit");

    public static bool IsAvailable => s_prlimit is not null;

    public static (string Program, IReadOnlyList<string> Arguments) Create(string program, IReadOnlyList<string> arguments, ChildLimits limits)
    {
        if (s_prlimit is null || limits == ChildLimits.None)
            return (program, arguments);
        var all = new List<string> { "--core=0" };
        if (limits.AddressSpaceBytes is { } memory)
            all.Add(string.Create(CultureInfo.InvariantCulture, $"--as={memory}"));
        if (limits.ProcessorTime is { } time)
            all.Add(string.Create(CultureInfo.InvariantCulture, $"--cpu={(long)Math.Ceiling(time.TotalSeconds)}"));
        if (limits.FileBytes is { } bytes)
            all.Add(string.Create(CultureInfo.InvariantCulture, $"--fsize={bytes}"));
        all.Add("--");
        all.Add(program);
        all.AddRange(arguments);
        return (s_prlimit, all);
    }
}
