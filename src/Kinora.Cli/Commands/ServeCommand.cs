using System.CommandLine;
using Kinora.Server;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora serve</c>: answers the queue protocol until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Start the server. One SIGTERM (or Ctrl-C) stops it; what was accepted is kept.");
        ServerSettings.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await KinoraServer.StartAsync(ServerSettings.Read(arguments), cancellationToken);
            Console.WriteLine($"Kinora listens on {server.Address}   (queue: {server.Address}/queue, proxy for @fal-ai/client: {server.Address}/api/fal/proxy)");
            Console.WriteLine($"Playground: {server.Address}/playground");
            if (server.HttpsAddress is { } https)
                Console.WriteLine($"and on {https}   (kinora certs prints the set-up for each client)");
            if (server.HealthAddress is { } health)
                Console.WriteLine($"Health: {health}");
            await server.WaitForStopAsync();
            return 0;
        }
        catch (ServerStartException problem)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
    }
}
