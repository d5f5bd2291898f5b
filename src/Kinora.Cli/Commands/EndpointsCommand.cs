using System.CommandLine;
using Kinora.Server.Endpoints.Kling;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora endpoints</c>: the catalogue, with what the hosted service charges.</summary>
internal static class EndpointsCommand
{
    public static Command Create()
    {
        var command = new Command("endpoints", "List the model endpoints with their capabilities and what the hosted service charges for a second of video.");
        command.SetAction(_ => Write());
        return command;
    }

    private static int Write()
    {
        foreach (var endpoint in KlingEndpoints.All)
        {
            var price = endpoint.Price;
            AnsiConsole.MarkupLineInterpolated($"[bold]{endpoint.Id}[/]");
            AnsiConsole.MarkupLineInterpolated($"  {endpoint.Description}");
            AnsiConsole.MarkupLineInterpolated($"  can: {string.Join(", ", endpoint.Capabilities)}");
            AnsiConsole.MarkupLineInterpolated(price.AudioOff == price.AudioOn
                ? (FormattableString)$"  hosted price: ${price.AudioOn}/s"
                : $"  hosted price: ${price.AudioOff}/s without audio, ${price.AudioOn}/s with");
            AnsiConsole.WriteLine();
        }

        return 0;
    }
}
