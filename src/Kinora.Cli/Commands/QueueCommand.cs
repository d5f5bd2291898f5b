using System.CommandLine;
using Kinora.Server;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora queue</c>: pause, resume and limits, for every process on the same data.</summary>
internal static class QueueCommand
{
    private static readonly Argument<string> s_name = new("name") { Description = "An endpoint or a key id; * for each one without a limit of its own." };
    private static readonly Argument<int?> s_most = new("most") { Description = "How many may run at once; 0 lets none start. Without it the limit is removed.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("queue", "See, pause, resume and limit the queue.")
        {
            Verb("show", "Show how many requests are queued, whether the queue is paused, and its limits.", async (queue, _, token) =>
            {
                foreach (string line in await queue.DescribeAsync(token))
                    Console.WriteLine(line);
            }),
            Verb("pause", "Start no request until `kinora queue resume`, in any process, whatever restarts. What runs goes on; new requests are accepted.", (queue, _, token) => queue.PauseAsync(token)),
            Verb("resume", "Start requests again.", (queue, _, token) => queue.ResumeAsync(token)),
            Verb("limit-endpoint", "Limit how many requests of an endpoint run at once.", (queue, arguments, token) => queue.LimitEndpointAsync(arguments.GetRequiredValue(s_name), arguments.GetValue(s_most), token), s_name, s_most),
            Verb("limit-key", "Limit how many requests of a key run at once.", (queue, arguments, token) => queue.LimitKeyAsync(arguments.GetRequiredValue(s_name), arguments.GetValue(s_most), token), s_name, s_most),
        };
        DataOption.AddTo(command);
        return command;
    }

    private static Command Verb(string name, string description, Func<QueueControl, ParseResult, CancellationToken, Task> work, params Argument[] arguments)
    {
        var verb = new Command(name, description);
        foreach (var argument in arguments)
            verb.Add(argument);
        verb.SetAction(async (given, token) =>
        {
            try
            {
                await using var queue = QueueControl.Open(DataOption.Read(given), TimeProvider.System);
                await work(queue, given, token);
                return 0;
            }
            catch (Exception problem) when (problem is ServerStartException or ArgumentException)
            {
                ConsoleErrors.Write(problem.Message);
                return 1;
            }
        });
        return verb;
    }
}
