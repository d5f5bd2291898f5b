using System.CommandLine;
using Kinora.Server;
using Kinora.Server.Admin;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora admin</c>: looks after an installation while it runs.</summary>
internal static class AdminCommand
{
    private static readonly Argument<Guid> Request = new("request-id") { Description = "The request, as `kinora admin queue` shows it." };
    private static readonly Argument<string> File = new("file") { Description = "A file that is not there yet." };
    private static readonly Option<int> Limit = new("--limit") { Description = "How many requests are listed.", DefaultValueFactory = _ => 20 };
    private static readonly Option<double> Patience = new("--timeout") { Description = "Seconds to wait at most.", DefaultValueFactory = _ => 600 };
    private static readonly Option<bool> Repair = new("--repair") { Description = "Mend what can be mended without guessing." };

    public static Command Create()
    {
        var command = new Command("admin", "Look after an installation: its queue, its workers, its data. Servers may be running on it.")
        {
            CreateQueue(), CreateWorkers(), CreateRequeue(), CreateCancel(), CreateDrain(), CreateVerify(), CreateVacuum(), CreateBackup(),
        };
        ServerSettings.AddPlaceTo(command);
        return command;
    }

    private static Command CreateQueue() => With(new Command("queue", "Show what waits and what runs.") { Limit }, async (installation, arguments, cancellationToken) =>
    {
        var queue = await installation.LookAsync(arguments.GetValue(Limit), cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"{queue.Queued} queued (the oldest for {Format(queue.OldestQueuedFor)}), {queue.Running} running, {queue.WebhooksDue} webhooks due{(queue.IsPaused ? ", PAUSED" : "")}"));
        var table = new Table().AddColumns("request", "state", "attempt", "age", "owner", "worker", "endpoint");
        foreach (var request in queue.Newest)
            table.AddRow(request.Id.ToString(), request.State, $"{request.Attempt}", Format(request.Age), Markup.Escape(request.Owner), Markup.Escape(request.Worker ?? ""), request.Endpoint);
        if (queue.Newest.Count > 0)
            AnsiConsole.Write(table);
        return 0;
    });

    private static Command CreateWorkers() => With(new Command("workers", "Show the workers that run something now."), async (installation, _, cancellationToken) =>
    {
        var table = new Table().AddColumns("worker", "running", "longest", "lease left");
        foreach (var worker in await installation.ListWorkersAsync(cancellationToken))
            table.AddRow(Markup.Escape(worker.Name), $"{worker.Running}", Format(worker.OldestFor), worker.LeaseLeft < TimeSpan.Zero ? "lost" : Format(worker.LeaseLeft));
        AnsiConsole.Write(table);
        return 0;
    });

    private static Command CreateRequeue()
    {
        var command = new Command("requeue", "Run a request again: a running one is taken from its worker, a failed or cancelled one is submitted anew, without its webhook.") { Request };
        return With(command, async (installation, arguments, cancellationToken) =>
        {
            var (id, problem) = await installation.RequeueAsync(arguments.GetValue(Request), cancellationToken);
            if (id is null)
                return Fail(problem!);
            Console.WriteLine($"queued as {id}");
            return 0;
        });
    }

    private static Command CreateCancel() => With(new Command("cancel", "Cancel a request, whoever's it is.") { Request }, async (installation, arguments, cancellationToken) =>
        await installation.CancelAsync(arguments.GetValue(Request), cancellationToken) is { } problem ? Fail(problem) : 0);

    private static Command CreateDrain()
    {
        var command = new Command("drain", "Pause the queue in every process and wait until nothing runs. Requests are still accepted. `kinora queue resume` ends the pause.") { Patience };
        return With(command, async (installation, arguments, cancellationToken) =>
            await installation.DrainAsync(TimeSpan.FromSeconds(arguments.GetValue(Patience)), running => Console.WriteLine($"{running} running"), cancellationToken)
                ? 0
                : Fail("requests are still running; the queue stays paused."));
    }

    private static Command CreateVerify() => With(new Command("verify", "Check every rule of the data, and that every file is there. Exits with 1 if something is left broken.") { Repair }, async (installation, arguments, cancellationToken) =>
    {
        var findings = await installation.VerifyAsync(arguments.GetValue(Repair), cancellationToken);
        foreach (var finding in findings)
            Console.WriteLine($"{finding.State}: {finding.Rule} {finding.Count}: {string.Join(", ", finding.Offenders.Take(10))}{(finding.Count > 10 ? ", …" : "")}");
        if (findings.Count == 0)
            Console.WriteLine("all rules hold");
        return findings.All(finding => finding.IsRepaired) ? 0 : 1;
    });

    private static Command CreateVacuum() => With(new Command("vacuum", "Give the room of deleted rows back."), async (installation, _, cancellationToken) =>
    {
        await installation.VacuumAsync(cancellationToken);
        return 0;
    });

    private static Command CreateBackup() => With(new Command("backup", "Copy the database as it is at one moment, while it is in use. Files are copied after it; docs/operations.md says how.") { File }, async (installation, arguments, cancellationToken) =>
    {
        await installation.BackUpAsync(arguments.GetRequiredValue(File), cancellationToken);
        Console.WriteLine(Path.GetFullPath(arguments.GetRequiredValue(File)));
        return 0;
    });

    private static Command With(Command command, Func<Installation, ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                await using var installation = Installation.Open(ServerSettings.Read(arguments), TimeProvider.System);
                return await work(installation, arguments, cancellationToken);
            }
            catch (Exception problem) when (problem is ServerStartException or FormatException or IOException or NotSupportedException)
            {
                return Fail(problem.Message);
            }
        });
        return command;
    }

    private static int Fail(string problem)
    {
        ConsoleErrors.Write(problem);
        return 1;
    }

    private static string Format(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}h{time.Minutes:00}m" : time.TotalMinutes >= 1 ? $"{time.Minutes}m{time.Seconds:00}s" : FormattableString.Invariant($"{time.TotalSeconds:0.0}s");
}
