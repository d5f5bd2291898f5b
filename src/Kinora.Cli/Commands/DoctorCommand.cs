using System.CommandLine;
using Kinora.Server;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora doctor</c>: what is there, what is missing, how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Check what this machine has, what is missing and how to get it.") { DataOption.Option };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var directory = arguments.GetValue(DataOption.Option) ?? new KinoraServerOptions().DataDirectory;
        var findings = await Doctor.ExamineAsync(directory, cancellationToken);
        foreach (var finding in findings)
            AnsiConsole.MarkupLine($"{VerdictOf(finding)} {Markup.Escape(finding.What)}: {Markup.Escape(finding.Detail)}");
        return findings.All(finding => finding.IsFine || finding.IsOptional) ? 0 : 1;
    }

    private static string VerdictOf(DoctorFinding finding) =>
        finding.IsFine ? "[green]ok     [/]" : finding.IsOptional ? "[yellow]without[/]" : "[red]missing[/]";
}
