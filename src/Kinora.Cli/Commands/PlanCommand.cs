using System.CommandLine;
using System.Text.Json;
using Kinora.Server;
using Kinora.Server.Engines;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora plan</c>: what the motion engine's director makes of a prompt and a picture.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var command = new Command("plan", "Show what the motion engine would do with a picture and a prompt, without making the clip.");
        ClipOptions.AddRequestTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var generation = await LocalGeneration.OpenAsync(options: null, cancellationToken);
            var outcome = await generation.PlanAsync(
                ClipOptions.EndpointOf(arguments), ClipOptions.ReadInput(arguments), ClipOptions.ReadPictures(arguments), cancellationToken);
            if (outcome is GenerationOutcome.Refused refused)
                return ConsoleErrors.Write(refused.Violations);
            Console.Write(((GenerationOutcome.Planned)outcome).Plan);
            return 0;
        }
        catch (Exception problem) when (problem is ServerStartException or JsonException)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
    }
}
