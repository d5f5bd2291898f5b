namespace Kinora.Chaos;

/// <summary>What goes wrong, one thing after another and sometimes two at once, in an order that the seed decides.</summary>
internal sealed class Faults(Installation installation, Random random, bool onlyWorkers)
{
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>How many of each kind there were.</summary>
    internal IReadOnlyDictionary<string, int> Counts => _counts;

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var kinds = Kinds();
        var order = new Queue<(string Name, Func<Task> Inject)>();
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5 + 2 * random.NextDouble()), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
            // Each kind once before any comes again.
            if (order.Count == 0)
                order = new(kinds.OrderBy(_ => random.Next()));
            var (name, inject) = order.Dequeue();
            Console.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {name}");
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            await inject();
        }
    }

    private List<(string Name, Func<Task> Inject)> Kinds()
    {
        var kinds = new List<(string, Func<Task>)>
        {
            ("kill -9 of a worker", () => EndAndStartAsync([PickWorker()], KinoraChild.Kill)),
            ("kill -9 of two workers", () => EndAndStartAsync([.. installation.Workers.OrderBy(_ => random.Next()).Take(2)], KinoraChild.Kill)),
            ("SIGSTOP of a worker past its lease", () => FreezeAsync(PickWorker(), 2)),
            ("SIGSTOP of a worker for a moment", () => FreezeAsync(PickWorker(), 0.3)),
            ("SIGTERM of a worker", () => EndAndStartAsync([PickWorker()], KinoraChild.Terminate)),
        };
        if (installation.Network.IsReal)
        {
            kinds.Add(("a worker cut off", () => CutOffAsync(PickWorker(), 2)));
            kinds.Add(("a worker cut off for a moment", () => CutOffAsync(PickWorker(), 0.4)));
        }

        if (!onlyWorkers)
            kinds.AddRange(OtherKinds());
        return kinds;
    }

    private List<(string Name, Func<Task> Inject)> OtherKinds()
    {
        var kinds = new List<(string, Func<Task>)>
        {
            ("kill -9 of a front", () => EndAndStartAsync([PickFront()], KinoraChild.Kill)),
            ("SIGTERM of a front", () => EndAndStartAsync([PickFront()], KinoraChild.Terminate)),
            ("SIGSTOP of a front", () => FreezeAsync(PickFront(), 0.7)),
            ("kill -9 of everything", () => EndAndStartAsync([.. installation.Fronts, .. installation.Workers], KinoraChild.Kill)),
        };
        if (installation.Postgres is not null)
        {
            kinds.Add(("database restarted", () => RestartDatabaseAsync(cleanly: true)));
            kinds.Add(("database crashed", () => RestartDatabaseAsync(cleanly: false)));
            kinds.Add(("listening connections cut", () => CutConnectionsAsync("query LIKE 'LISTEN%' OR query LIKE 'SELECT 1%'")));
            kinds.Add(("all connections cut", () => CutConnectionsAsync("true")));
        }

        if (installation.Network.IsReal)
        {
            kinds.Add(("a front cut off", () => CutOffAsync(PickFront(), 1.5)));
        }

        return kinds;
    }

    private KinoraChild PickWorker() => installation.Workers[random.Next(installation.Workers.Count)];

    private KinoraChild PickFront() => installation.Fronts[random.Next(installation.Fronts.Count)];

    private async Task EndAndStartAsync(KinoraChild[] children, int signal)
    {
        await Task.WhenAll(children.Select(child => child.EndAsync(signal)));
        await Task.Delay(TimeSpan.FromSeconds(2 * random.NextDouble()));
        foreach (var child in children)
            child.Start();
    }

    private static async Task FreezeAsync(KinoraChild child, double leases)
    {
        child.Signal(KinoraChild.Stop);
        await Task.Delay(leases * Installation.Lease);
        child.Signal(KinoraChild.Continue);
    }

    private async Task CutOffAsync(KinoraChild child, double leases)
    {
        await installation.Network.SetLinkAsync(child.Host!, isUp: false);
        await Task.Delay(leases * Installation.Lease);
        await installation.Network.SetLinkAsync(child.Host!, isUp: true);
    }

    private async Task RestartDatabaseAsync(bool cleanly)
    {
        await (cleanly ? installation.Postgres!.StopCleanlyAsync() : installation.Postgres!.StopAtOnceAsync());
        await Task.Delay(TimeSpan.FromSeconds(3 * random.NextDouble()));
        await installation.Postgres.StartAgainAsync();
    }

    private Task<object?> CutConnectionsAsync(string which) =>
        installation.Postgres!.ExecuteAsync($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'kinora' AND ({which})");
}
