using System.CommandLine;
using Kinora.Server;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora worker</c>: runs what fronts have accepted.</summary>
internal static class WorkerCommand
{
    private static readonly Option<string> s_engines = new("--engines") { Description = "The engines whose requests it runs, with commas. Default: all that it has." };

    public static Command Create()
    {
        var command = new Command("worker", "Run requests that `kinora serve` has accepted into the same database. One SIGTERM (or Ctrl-C) stops it; what it has not finished goes back.");
        ServerSettings.AddTo(command);
        command.Add(s_engines);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            var options = ServerSettings.Read(arguments);
            foreach (string engine in (arguments.GetValue(s_engines) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                options.Engines.Add(engine);
            await using var worker = await KinoraWorker.StartAsync(options, cancellationToken);
            if (worker.HealthAddress is { } health)
                Console.WriteLine($"Health: {health}");
            Console.WriteLine($"Kinora works: {options.Slots} at once.");
            await worker.WaitForStopAsync();
            return 0;
        }
        catch (ServerStartException problem)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
    }
}
