using Kinora.Server.Engines;
using Spectre.Console;

namespace Kinora.Cli;

/// <summary>Shows an engine's progress as a bar, its log as lines above it.</summary>
internal sealed class ProgressBarObserver(ProgressTask bar) : IEngineObserver
{
    public void Report(string phase, double fraction)
    {
        bar.Description = phase;
        bar.Value = fraction;
    }

    public void Log(string message) => AnsiConsole.MarkupLineInterpolated($"[grey]{message}[/]");

    public void Warn(string message) => AnsiConsole.MarkupLineInterpolated($"[yellow]{message}[/]");
}
