using System.Collections.Concurrent;
using System.Diagnostics;
using Kinora.Jobs;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Postgres;
using Npgsql;

namespace Kinora.Benchmarks;

/// <summary>The queue on PostgreSQL (durable commits, on this machine): its cycle against plain SQL, submits, long histories, lists, and what an idle worker costs.</summary>
internal static class QueueBenchmark
{
    private const int Workers = 50;
    private const int CycleJobs = 2_000;
    private const int CycleRounds = 15;

    // Until the runtime has compiled both for good: servers are seldom seconds old.
    private const int WarmUpRounds = 6;

    private const int History = 1_000_000;
    private static readonly ClaimTerms s_terms = new("bench", TimeSpan.FromMinutes(1), ["motion"]);

    public static async Task RunAsync(Report report)
    {
        if (!PostgresServer.IsInstalled)
        {
            Console.Error.WriteLine("The queue's section needs PostgreSQL (apt: postgresql).");
            return;
        }

        await using var server = await PostgresServer.StartAsync(isDurable: true);
        string url = await server.CreateDatabaseAsync();
        await using var database = PostgresDatabase.Open(url);
        using var store = new PostgresJobStore(database);
        await MeasureCycleAsync(report, url, database, store);
        // What is left of the cycles' work is not the submits'.
        await database.ExecuteAsync("VACUUM jobs", null, default);
        await server.ExecuteAsync("CHECKPOINT");
        await MeasureSubmitsAsync(report, store);
        await MeasureListsAsync(report, database);
        await MeasureIdleAsync(report, server, await server.CreateDatabaseAsync());
    }

    /// <summary>A claim beside a million finished jobs: takes a minute to fill.</summary>
    public static async Task RunHistoryAsync(Report report)
    {
        if (!PostgresServer.IsInstalled)
            return;

        await using var server = await PostgresServer.StartAsync(isDurable: true);
        await using var database = PostgresDatabase.Open(await server.CreateDatabaseAsync());
        using var store = new PostgresJobStore(database);
        await MeasureHistoryAsync(report, database, store);
    }

    private static async Task MeasureCycleAsync(Report report, string url, PostgresDatabase database, PostgresJobStore store)
    {
        // As many connections as plain SQL can use; ours is as it comes.
        await using var wide = PostgresDatabase.Open($"{url}?pool_size={Workers}");
        await database.ExecuteAsync(
            "CREATE TABLE plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state integer NOT NULL, input text NOT NULL); CREATE INDEX plain_queue ON plain (id) WHERE state = 0",
            null, default);
        var ours = new List<double>();
        var plain = new List<double>();
        for (int round = 0; round < WarmUpRounds + CycleRounds; round++)
        {
            await InsertQueuedAsync(database, CycleJobs);
            double mine = CycleJobs / await Measure.SecondsAsync(() => WorkAsync(async () =>
            {
                if (await store.TryClaimAsync(s_terms, default) is not { } job)
                    return false;
                return await store.CompleteAsync(job.Id, job.Attempt, "{}", 5m, ["files/" + job.Id], default);
            }));
            await database.ExecuteAsync("INSERT INTO plain (state, input) SELECT 0, '{}' FROM generate_series(1, @CycleJobs)", new { CycleJobs }, default);
            double theirs = CycleJobs / await Measure.SecondsAsync(() => WorkAsync(() => wide.RunAsync(PlainCycleAsync, default)));
            if (round >= WarmUpRounds)
                (ours, plain) = ([.. ours, mine], [.. plain, theirs]);
        }

        double ratio = Measure.Median(ours.Zip(plain, (a, b) => a / b));
        report.Section($"PostgreSQL: claim and complete with {Workers} workers (limits: 1,000 claims/s, 0.5 of plain SQL)", "what", "cycles/s", "ratio");
        report.Row("kinora: claim with input, complete with output, bill and file; its usual pool", Report.Number(Measure.Median(ours), "0"), Report.Number(ratio));
        report.Row($"plain SKIP LOCKED loop, two updates, {Workers} connections", Report.Number(Measure.Median(plain), "0"), "");
    }

    private static async Task<bool> PlainCycleAsync(NpgsqlConnection connection)
    {
        await using var claim = new NpgsqlCommand(
            "UPDATE plain SET state = 1 WHERE id = (SELECT id FROM plain WHERE state = 0 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, input", connection);
        long id;
        await using (var reader = await claim.ExecuteReaderAsync())
        {
            if (!await reader.ReadAsync())
                return false;
            id = reader.GetInt64(0);
        }

        await using var complete = new NpgsqlCommand("UPDATE plain SET state = 2 WHERE id = $1", connection) { Parameters = { new() { Value = id } } };
        return await complete.ExecuteNonQueryAsync() == 1;
    }

    private static Task WorkAsync(Func<Task<bool>> cycle) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
    {
        while (await cycle())
        {
        }
    })));

    private static async Task MeasureSubmitsAsync(Report report, PostgresJobStore store)
    {
        const int PerSecond = 300, Seconds = 6;
        var latencies = new ConcurrentBag<double>();
        var submits = new List<Task>();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < PerSecond * Seconds; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1))
                await Task.Delay(wait);
            submits.Add(Task.Run(async () => latencies.Add(1_000 * await Measure.SecondsAsync(() => store.EnqueueAsync(NewJob(), default)))));
        }

        await Task.WhenAll(submits);
        report.Section("PostgreSQL: durable submits, 300 a second (limit: p99 25 ms)", "p50 ms", "p99 ms");
        report.Row(Report.Number(Measure.Percentile(latencies, 0.5)), Report.Number(Measure.Percentile(latencies, 0.99)));
    }

    private static async Task MeasureListsAsync(Report report, PostgresDatabase database)
    {
        await database.ExecuteAsync("DELETE FROM jobs WHERE state = 0", null, default);
        await InsertQueuedAsync(database, 10_000);
        await database.ExecuteAsync("ANALYZE jobs", null, default);
        var listing = new PostgresJobListing(database);
        double page = await MedianAsync(() => listing.ListAsync(new JobFilter { States = [JobState.Queued] }, null, 100, default));
        double all = await MedianAsync(() => listing.ListAsync(new JobFilter { States = [JobState.Queued] }, null, 10_000, default));
        report.Section("PostgreSQL: lists with 10,000 queued jobs (limit: 50 ms)", "what", "ms");
        report.Row("a page of 100", Report.Number(page));
        report.Row("all 10,000 at once", Report.Number(all));
    }

    private static async Task MeasureIdleAsync(Report report, PostgresServer server, string url)
    {
        // Its own upkeep is none of the worker's doing, and would be counted.
        await server.ExecuteAsync("ALTER SYSTEM SET autovacuum = off");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        string database = new Uri(url).AbsolutePath[1..];
        using var folder = new ScratchFolder();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kinora"), ["worker", "--slots", "4", "--data", folder.Path, "--database", url]);
        start.RedirectStandardOutput = true;
        using var worker = Process.Start(start)!;
        // Idle connections tell of what they did up to ten seconds late: the start must not be counted.
        await Task.Delay(TimeSpan.FromSeconds(15));
        long before = await CountTransactionsAsync(server, database);
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(45));
        double perSecond = (await CountTransactionsAsync(server, database) - before) / watch.Elapsed.TotalSeconds;
        worker.Kill();
        await worker.WaitForExitAsync();
        report.Section("PostgreSQL: an idle worker of four slots (limit: 1 query/s)", "queries/s");
        report.Row(Report.Number(perSecond));
    }

    private static async Task<long> CountTransactionsAsync(PostgresServer server, string database)
    {
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        return (long)(await server.ExecuteAsync($"SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '{database}'"))!;
    }

    private static async Task MeasureHistoryAsync(Report report, PostgresDatabase database, PostgresJobStore store)
    {
        double young = await MeasureClaimAsync(database, store);
        for (int part = 0; part < 10; part++)
        {
            await database.ExecuteAsync(
                """
                INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, ended_at, store_payloads)
                SELECT gen_random_uuid(), 'alice', 'fal-ai/some/endpoint', 2, 0, 3, i, i, true FROM generate_series(1, @part) AS i
                """,
                new { part = History / 10 }, default);
        }

        await database.ExecuteAsync("ANALYZE jobs", null, default);
        double old = await MeasureClaimAsync(database, store);
        report.Section("PostgreSQL: a claim beside finished jobs (limit: 0.8 to 1.2)", "finished jobs", "claim ms, median", "ratio");
        report.Row("0", Report.Number(young), "");
        report.Row($"{History:N0}", Report.Number(old), Report.Number(old / young));
    }

    private static async Task<double> MeasureClaimAsync(PostgresDatabase database, PostgresJobStore store)
    {
        await InsertQueuedAsync(database, 1_000);
        double claim = await MedianAsync(() => store.TryClaimAsync(s_terms, default), rounds: 600);
        await database.ExecuteAsync("DELETE FROM jobs WHERE state < 2", null, default);
        await database.ExecuteAsync("VACUUM jobs", null, default);
        return claim;
    }

    private static async Task<double> MedianAsync(Func<Task> work, int rounds = 20)
    {
        var times = new List<double>();
        for (int i = 0; i < rounds; i++)
            times.Add(1_000 * await Measure.SecondsAsync(work));
        return Measure.Median(times.Skip(rounds / 10));
    }

    private static Task<int> InsertQueuedAsync(PostgresDatabase database, int count) => database.ExecuteAsync(
        """
        WITH j AS (
          INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, store_payloads, engine, has_webhook, has_notes)
          SELECT gen_random_uuid(), 'alice', 'fal-ai/some/endpoint', 0, 0, 3, i, true, 'motion', false, false FROM generate_series(1, @count) AS i RETURNING seq)
        INSERT INTO job_inputs (job, input) SELECT seq, '{"prompt":"A slow push in."}' FROM j
        """,
        new { count }, default);

    private static NewJob NewJob() => new()
    {
        Id = Guid.NewGuid(),
        Owner = "alice",
        Endpoint = "fal-ai/some/endpoint",
        Input = """{"prompt":"A slow push in."}""",
        IdempotencyKey = Guid.NewGuid().ToString(),
        Engine = "motion",
    };
}
