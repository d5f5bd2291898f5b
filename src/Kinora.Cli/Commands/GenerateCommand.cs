using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Kinora.Server;
using Kinora.Server.Engines;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora generate</c>: makes a clip in this process, without a server.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var command = new Command("generate", "Make a clip from a picture in this process, without a server.");
        ClipOptions.AddTo(command);
        ServerSettings.AddEngineTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            var watch = Stopwatch.StartNew();
            var output = arguments.GetRequiredValue(ClipOptions.Output);
            using var generation = await LocalGeneration.OpenAsync(ServerSettings.Read(arguments), cancellationToken);
            var outcome = await Progress().StartAsync(progress => generation.GenerateAsync(
                ClipOptions.EndpointOf(arguments),
                ClipOptions.ReadInput(arguments),
                ClipOptions.ReadPictures(arguments),
                output.FullName,
                new ProgressBarObserver(progress.AddTask("starting", maxValue: 1)),
                cancellationToken));
            return Report(outcome, watch.Elapsed);
        }
        catch (Exception problem) when (problem is ServerStartException or EngineException or JsonException)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
    }

    private static Progress Progress() =>
        AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn());

    private static int Report(GenerationOutcome outcome, TimeSpan elapsed)
    {
        switch (outcome)
        {
            case GenerationOutcome.Made made:
                Console.WriteLine(FormattableString.Invariant(
                    $"{made.Path}  {made.Duration.TotalSeconds:0.##} s, {made.LengthBytes / 1e6:0.0} MB, seed {made.Seed}, made in {elapsed.TotalSeconds:0.0} s"));
                return 0;
            case GenerationOutcome.Refused refused:
                return ConsoleErrors.Write(refused.Violations);
            default:
                throw new UnreachableException();
        }
    }
}
