using Spectre.Console;

namespace Kinora.Cli;

/// <summary>Output that goes into a file or a pipe: no colours, no cursor movement, no wrapping.</summary>
internal static class PlainOutput
{
    private const int Unwrapped = 4096;

    public static void UseWhereRedirected()
    {
        if (!Console.IsOutputRedirected)
            return;
        var profile = AnsiConsole.Profile;
        profile.Capabilities.Ansi = false;
        profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        profile.Capabilities.Interactive = false;
        profile.Width = Unwrapped;
    }
}
