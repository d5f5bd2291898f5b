using System.CommandLine;
using System.Globalization;
using Kinora.Server;
using Kinora.Server.Admin;
using Spectre.Console;

namespace Kinora.Cli.Commands;

/// <summary><c>kinora admin</c>: looks after an installation while it runs.</summary>
internal static class AdminCommand
{
    private static readonly Argument<Guid> s_request = new("request-id") { Description = "The request, as `kinora admin queue` shows it." };
    private static readonly Argument<string> s_file = new("file") { Description = "A file that is not there yet." };
    private static readonly Argument<string?> s_worker = new("worker") { Description = "One worker, as `kinora admin workers` names it. Default: all, and those that start later.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> s_limit = new("--limit") { Description = "How many requests are listed.", DefaultValueFactory = _ => 20 };
    private static readonly Option<double> s_patience = new("--timeout") { Description = "Seconds to wait at most.", DefaultValueFactory = _ => 600 };
    private static readonly Option<bool> s_repair = new("--repair") { Description = "Mend what can be mended without guessing." };

    public static Command Create()
    {
        var command = new Command("admin", "Look after an installation: its queue, its workers, its data. Servers may be running on it.")
        {
            CreateQueue(), CreateWorkers(), CreateRequeue(), CreateCancel(), CreateDrain(), CreateResume(), CreateVerify(), CreateVacuum(), CreateBackup(),
        };
        ServerSettings.AddPlaceTo(command);
        return command;
    }

    private static Command CreateQueue() => With(new Command("queue", "Show what waits and what runs.") { s_limit }, async (installation, arguments, cancellationToken) =>
    {
        var queue = await installation.LookAsync(arguments.GetValue(s_limit), cancellationToken);
        Console.WriteLine(FormattableString.Invariant(
            $"{queue.Queued} queued (the oldest for {Format(queue.OldestQueuedFor)}), {queue.Running} running, {queue.WebhooksDue} webhooks due{(queue.IsPaused ? ", PAUSED" : "")}"));
        var table = new Table().AddColumns("request", "state", "attempt", "age", "owner", "worker", "endpoint");
        foreach (var request in queue.Newest)
            table.AddRow(request.Id.ToString(), request.State, $"{request.Attempt}", Format(request.Age), Markup.Escape(request.Owner), Markup.Escape(request.Worker ?? ""), request.Endpoint);
        if (queue.Newest.Count > 0)
            AnsiConsole.Write(table);
        return 0;
    });

    private static Command CreateWorkers() => With(new Command("workers", "Show the workers and what they do. One that has vanished is shown for two minutes, or for as long as it holds requests."), async (installation, _, cancellationToken) =>
    {
        var table = new Table().AddColumns("worker", "state", "running", "longest", "engines", "version", "last seen");
        foreach (var worker in await installation.ListWorkersAsync(cancellationToken))
        {
            table.AddRow(
                Markup.Escape(worker.Name), worker.State, $"{worker.Running} of {worker.Slots?.ToString(CultureInfo.InvariantCulture) ?? "?"}", Format(worker.OldestFor),
                Markup.Escape(worker.Engines), worker.Version, Format(worker.SilentFor));
        }

        AnsiConsole.Write(table);
        return 0;
    });

    private static Command CreateRequeue()
    {
        var command = new Command("requeue", "Run a request again. A running one is taken from its worker and keeps its id. A failed or cancelled one is submitted anew under a new id, with its owner, webhook and tags: that one's end is told to the webhook too.") { s_request };
        return With(command, async (installation, arguments, cancellationToken) =>
        {
            var request = arguments.GetValue(s_request);
            var (id, problem) = await installation.RequeueAsync(request, cancellationToken);
            if (id is null)
                return Fail(problem!);
            Console.WriteLine(id == request ? $"{id} is queued again" : $"a copy of {request} is queued as {id}");
            return 0;
        });
    }

    private static Command CreateCancel() => With(new Command("cancel", "Cancel a request, whoever's it is.") { s_request }, async (installation, arguments, cancellationToken) =>
        await installation.CancelAsync(arguments.GetValue(s_request), cancellationToken) is { } problem ? Fail(problem) : 0);

    private static Command CreateDrain()
    {
        var command = new Command("drain", "Let nothing start, in one worker or everywhere, and wait until nothing runs. Requests are still accepted. `kinora admin resume` ends it.") { s_worker, s_patience };
        return With(command, async (installation, arguments, cancellationToken) =>
        {
            var patience = TimeSpan.FromSeconds(arguments.GetValue(s_patience));
            var problem = arguments.GetValue(s_worker) is { } worker
                ? await installation.DrainWorkerAsync(worker, patience, Tell, cancellationToken)
                : await installation.DrainAsync(patience, Tell, cancellationToken) ? null : "requests are still running; the queue stays paused.";
            return problem is null ? 0 : Fail(problem);
        });

        static void Tell(long running) => Console.WriteLine($"{running} running");
    }

    private static Command CreateResume() => With(new Command("resume", "End a drain, of one worker or of all.") { s_worker }, async (installation, arguments, cancellationToken) =>
    {
        if (arguments.GetValue(s_worker) is { } worker)
            return await installation.ResumeWorkerAsync(worker, cancellationToken) is { } problem ? Fail(problem) : 0;
        await installation.ResumeAsync(cancellationToken);
        return 0;
    });

    private static Command CreateVerify() => With(new Command("verify", "Check every rule of the data, and that every file is there. Exits with 1 if something is left broken.") { s_repair }, async (installation, arguments, cancellationToken) =>
    {
        var findings = await installation.VerifyAsync(arguments.GetValue(s_repair), cancellationToken);
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

    private static Command CreateBackup() => With(new Command("backup", "Copy the database as it is at one moment, while it is in use. Files are copied after it; docs/operations.md says how.") { s_file }, async (installation, arguments, cancellationToken) =>
    {
        await installation.BackUpAsync(arguments.GetRequiredValue(s_file), cancellationToken);
        Console.WriteLine(Path.GetFullPath(arguments.GetRequiredValue(s_file)));
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

    private static string Format(TimeSpan? time) => time is { } known ? Format(known) : "";

    private static string Format(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}h{time.Minutes:00}m" : time.TotalMinutes >= 1 ? $"{time.Minutes}m{time.Seconds:00}s" : FormattableString.Invariant($"{time.TotalSeconds:0.0}s");
}
