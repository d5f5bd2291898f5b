using System.Data.Common;
using Dapper;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Rows;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Postgres;
using Kinora.Jobs.Upkeep;
using Kinora.Jobs.Usage;
using Kinora.Jobs.Webhooks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Kinora.Jobs.Tests;

/// <summary>A database of an older version under the newest program, on each database.</summary>
public abstract class UpgradeTests(TestStore kind) : IAsyncLifetime
{
    private const string Queued = "00000000-0000-0000-0000-000000000001";
    private const string Running = "00000000-0000-0000-0000-000000000002";
    private const string Completed = "00000000-0000-0000-0000-000000000003";
    private const string Failed = "00000000-0000-0000-0000-000000000004";

    /// <summary>What an older program had stored, in SQL that both databases understand.</summary>
    private const string OldRows = $"""
        INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, store_payloads, idempotency_key)
          VALUES ('{Queued}', 'alice', 'fal-ai/some/endpoint', 0, 0, 3, 1000, true, 'old key');
        INSERT INTO jobs (id, owner, endpoint, state, priority, attempt, max_attempts, created_at, started_at, worker_id, lease_until, store_payloads)
          VALUES ('{Running}', 'alice', 'fal-ai/some/endpoint', 1, 0, 1, 3, 1001, 1002, 'old/1', 1003, true);
        INSERT INTO jobs (id, owner, endpoint, state, priority, attempt, max_attempts, created_at, started_at, ended_at, run_ms, billable_units, store_payloads)
          VALUES ('{Completed}', 'alice', 'fal-ai/some/endpoint', 2, 0, 1, 3, 1004, 1005, 4102444800000, 1, '5', true);
        INSERT INTO jobs (id, owner, endpoint, state, priority, attempt, max_attempts, created_at, started_at, ended_at, failure_kind, failure_message, failure_can_retry, store_payloads)
          VALUES ('{Failed}', 'bob', 'fal-ai/some/endpoint', 3, 0, 3, 3, 1007, 1008, 4102444800000, 0, 'It broke.', false, true);
        INSERT INTO job_inputs (job, input) SELECT seq, '"of old"' FROM jobs;
        INSERT INTO job_outputs (job, output) SELECT seq, '"an old output"' FROM jobs WHERE state = 2;
        INSERT INTO job_blobs (name, job) SELECT 'b/old.mp4', seq FROM jobs WHERE state = 2;
        INSERT INTO job_logs (job, sequence, at, level, message) SELECT seq, 1, 1005, 1, 'an old line' FROM jobs WHERE state = 2;
        INSERT INTO job_notes (job, tags) SELECT seq, '[1]' FROM jobs WHERE state = 0;
        INSERT INTO webhook_deliveries (job, url, host, origin, state, due_since, next_try_at)
          SELECT seq, 'https://receiver.example/hook', 'receiver.example', 'https://kinora.example', 1, 1006, 1006 FROM jobs WHERE state = 2;
        INSERT INTO usage (job, owner, endpoint, at, micro_units, micro_price) SELECT id, owner, endpoint, ended_at, 5000000, 100000 FROM jobs WHERE state = 2;
        """;

    private static readonly NewJob s_again = NewJobs.Create("\"of old\"") with { IdempotencyKey = "old key" };

    private readonly ScratchFolder _folder = new();
    private JobsOptions _options = null!;

    public async ValueTask InitializeAsync() => _options = new JobsOptions
    {
        DataDirectory = _folder.Path,
        Database = kind == TestStore.Postgres ? await PostgresCluster.CreateEmptyDatabaseAsync() : null,
    };

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(10)]
    public async Task Everything_that_an_older_program_had_stored_is_there_and_goes_on(int level)
    {
        await using (var old = await OpenAtAsync(level))
        {
            await old.ExecuteAsync(OldRows);
            await old.ExecuteAsync("UPDATE jobs SET request_hash = @hash WHERE idempotency_key = 'old key'", new { hash = RequestHash.Of(s_again) });
            await old.ExecuteAsync("INSERT INTO api_keys (key_id, secret_hash, alias, scope, created_at) VALUES ('old', @hash, 'ci', 0, 1)", new { hash = new byte[32] });
        }

        await using var services = new ServiceCollection().AddKinoraStores(_options).BuildServiceProvider();
        var jobs = services.GetRequiredService<IJobStore>();

        var completed = await jobs.GetAsync(Guid.Parse(Completed));
        Assert.Equal((JobState.Completed, "\"of old\"", "\"an old output\"", 5m), (completed.State, completed.Input, completed.Output, completed.BillableUnits));
        Assert.Equal("an old line", Assert.Single(await jobs.ReadLogAsync(completed.Id, 0, default)).Message);
        Assert.Equal("It broke.", (await jobs.GetAsync(Guid.Parse(Failed))).Failure?.Message);
        Assert.Equal("https://receiver.example/hook", (await services.GetRequiredService<IWebhookStore>().FindAsync(completed.Id, default))?.Url);
        Assert.Equal("ci", (await services.GetRequiredService<IApiKeyStore>().FindAsync("old", default))?.Alias);
        Assert.Equal(Queued, Assert.IsType<EnqueueOutcome.Replayed>(await jobs.EnqueueAsync(s_again, default)).Id.ToString());

        // Whoever ran the second is gone with its version.
        await jobs.ReapAsync(default);
        foreach (string id in (string[])[Queued, Running])
        {
            var job = await jobs.ClaimAsync();
            Assert.Equal((id, "\"of old\""), (job.Id.ToString(), job.Input));
            Assert.True(await jobs.FinishAsync(job));
        }

        var bills = await services.GetRequiredService<IUsageStore>().ReadEventsAsync(new UsageFilter { From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.MaxValue }, null, 10, default);
        Assert.Equal([Queued, Running, Completed], bills.Select(bill => bill.JobId.ToString()).Order());
        Assert.Empty(await services.GetRequiredService<IUpkeepStore>().VerifyAsync(repair: false, default));
    }

    [Fact]
    public async Task A_program_that_was_started_before_a_migration_works_on_beside_a_newer_one()
    {
        await using var old = await OpenAtAsync(6);
        await old.ExecuteAsync(OldSubmit(Guid.NewGuid()));
        string taken = await ClaimAsOfOldAsync(old);

        await using var services = new ServiceCollection().AddKinoraStores(_options).BuildServiceProvider();
        var jobs = services.GetRequiredService<IJobStore>();
        var submitted = await jobs.SubmitAsync();
        await old.ExecuteAsync(OldSubmit(Guid.NewGuid()));

        // Each claims what the other submitted, and what the old one had claimed it may still end.
        Assert.Equal(submitted.ToString(), await ClaimAsOfOldAsync(old));
        Assert.NotNull(await jobs.TryClaimAsync("new", TimeSpan.FromMinutes(1), default));
        Assert.Equal(1, await old.ExecuteAsync($"UPDATE jobs SET state = 2, ended_at = 2, billable_units = '1', version = version + 1 WHERE id = '{taken}' AND state = 1 AND attempt = 1"));
        Assert.Equal(JobState.Completed, (await jobs.StatusAsync(Guid.Parse(taken))).State);
    }

    // As the statements of an older program are: they know nothing of later columns.
    private static string OldSubmit(Guid id) => $"""
        INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, store_payloads) VALUES ('{id}', 'alice', 'fal-ai/some/endpoint', 0, 0, 3, 1, true)
        """;

    private static Task<string> ClaimAsOfOldAsync(DbConnection old) => old.QuerySingleAsync<string>(
        """
        UPDATE jobs SET state = 1, attempt = attempt + 1, started_at = 1, worker_id = 'old', lease_until = 9999999999999, version = version + 1
        WHERE seq = (SELECT seq FROM jobs WHERE state = 0 ORDER BY priority, seq LIMIT 1) RETURNING CAST(id AS text)
        """);

    /// <summary>The database as a program left it that knew the migrations up to <paramref name="level"/>.</summary>
    private async Task<DbConnection> OpenAtAsync(int level)
    {
        if (_options.Database is { } url)
        {
            var postgres = new NpgsqlConnection(PostgresUrl.Parse(url).ConnectionString);
            await postgres.OpenAsync();
            PostgresMigrations.Apply(postgres, level);
            return postgres;
        }

        SqliteLibrary.EnsureLoaded();
        var sqlite = new SqliteConnection($"Data Source={_options.DatabasePath};Pooling=False");
        await sqlite.OpenAsync();
        await sqlite.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000;");
        SqliteMigrations.Apply(sqlite, level);
        return sqlite;
    }
}
