using System.CommandLine;
using Kinora.Server;
using Kinora.Server.Webhooks;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora webhooks</c>: the delivery log and the signing keys of a data directory.</summary>
internal static class WebhooksCommand
{
    private static readonly Option<string> s_state = new("--state") { Description = "Only waiting, due, delivered or given_up.", DefaultValueFactory = _ => "" };
    private static readonly Option<int> s_limit = new("--limit") { Description = "How many, newest first. Default 50.", DefaultValueFactory = _ => 50 };
    private static readonly Option<bool> s_now = new("--now") { Description = "Sign with the new key at once: the old one is known to others. Receivers that keep the published keys must fetch them anew." };
    private static readonly Argument<Guid> s_requestId = new("request-id") { Description = "As `kinora webhooks list` shows it." };

    public static Command Create()
    {
        var command = new Command("webhooks", "See webhook deliveries, send them again, change the signing key.") { CreateList(), CreateRedeliver(), CreateRotateKey() };
        DataOption.AddTo(command);
        return command;
    }

    private static Command CreateList()
    {
        var list = new Command("list", "List deliveries with their last outcome.") { s_state, s_limit };
        list.SetAction((arguments, cancellationToken) => WithLogAsync(arguments, async log =>
        {
            var table = new Table().AddColumns("request id", "receiver", "state", "tries", "next try", "last outcome");
            foreach (var delivery in await log.ListAsync(arguments.GetRequiredValue(s_state), Math.Max(1, arguments.GetValue(s_limit)), cancellationToken))
            {
                table.AddRow(
                    $"{delivery.RequestId}", Markup.Escape(delivery.Url), delivery.State, $"{delivery.Tries}",
                    delivery.NextTryAt is { } next ? $"{next:u}" : "", Markup.Escape(delivery.LastOutcome ?? ""));
            }

            AnsiConsole.Write(table);
            return 0;
        }));
        return list;
    }

    private static Command CreateRedeliver()
    {
        var redeliver = new Command("redeliver", "Send a webhook again, whatever became of it before.") { s_requestId };
        redeliver.SetAction((arguments, cancellationToken) => WithLogAsync(arguments, async log =>
        {
            if (await log.RedeliverAsync(arguments.GetRequiredValue(s_requestId), cancellationToken) is not { } objection)
                return 0;
            ConsoleErrors.Write(objection);
            return 1;
        }));
        return redeliver;
    }

    private static Command CreateRotateKey()
    {
        var rotate = new Command("rotate-key", "Make a new signing key. It is published at once and signs after 25 hours, when every receiver has had the time to see it.") { s_now };
        rotate.SetAction((arguments, cancellationToken) => WithLogAsync(arguments, async log =>
        {
            var (keyId, signsFrom) = await log.RotateKeyAsync(arguments.GetValue(s_now), cancellationToken);
            Console.WriteLine($"{keyId} signs from {signsFrom:u}");
            return 0;
        }));
        return rotate;
    }

    private static async Task<int> WithLogAsync(ParseResult arguments, Func<WebhookLog, Task<int>> work)
    {
        try
        {
            await using var log = WebhookLog.Open(DataOption.Read(arguments), TimeProvider.System);
            return await work(log);
        }
        catch (Exception problem) when (problem is ServerStartException or FormatException)
        {
            ConsoleErrors.Write(problem.Message);
            return 1;
        }
    }
}
