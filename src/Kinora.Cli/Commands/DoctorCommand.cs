using System.CommandLine;
using Kinora.Server;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora doctor</c>: what is there, what is missing, how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Check what this machine, the database and the bucket have, what is missing and how to get it. Nothing is changed, but a bucket gets a small file for a moment.");
        ServerSettings.AddPlaceTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            var findings = await Doctor.ExamineAsync(ServerSettings.Read(arguments), TimeProvider.System, cancellationToken);
            foreach (var finding in findings)
                AnsiConsole.MarkupLine($"{VerdictOf(finding)} {Markup.Escape(finding.What)}: {Markup.Escape(finding.Detail)}");
            return findings.All(finding => finding.IsFine || finding.IsOptional) ? 0 : 1;
        }
        catch (FormatException problem)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
    }

    private static string VerdictOf(DoctorFinding finding) =>
        finding.IsFine ? "[green]ok     [/]" : finding.IsOptional ? "[yellow]without[/]" : "[red]missing[/]";
}
