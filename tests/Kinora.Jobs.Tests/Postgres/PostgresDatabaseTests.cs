using System.Text.RegularExpressions;
using Dapper;
using Kinora.Jobs.Postgres;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresDatabaseTests : IAsyncLifetime
{
    private readonly TestDatabase _test = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Many_may_open_a_new_database_at_once_and_each_migration_runs_once()
    {
        string url = await PostgresCluster.CreateEmptyDatabaseAsync();

        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresDatabase.Open(url))));

        var applied = await databases[0].QueryAsync<long>("SELECT number FROM migrations ORDER BY number", null, default);
        foreach (var database in databases)
            await database.DisposeAsync();
        Assert.Equal(PostgresMigrations.Numbers, applied);
    }

    [Fact]
    public void Every_migration_has_a_twin_of_the_same_name_for_the_other_database()
    {
        var names = typeof(PostgresDatabase).Assembly.GetManifestResourceNames();

        Assert.Equal(
            names.Where(name => name.StartsWith("Sqlite/", StringComparison.Ordinal)).Select(name => name["Sqlite/".Length..]).Order(),
            names.Where(name => name.StartsWith("Postgres/", StringComparison.Ordinal)).Select(name => name["Postgres/".Length..]).Order());
    }

    [Fact]
    public async Task A_program_works_on_when_a_newer_one_has_migrated_further()
    {
        await using var database = PostgresDatabase.Open(await PostgresCluster.CreateDatabaseAsync());
        using var store = new PostgresJobStore(database);
        await store.SubmitAsync();
        var running = await store.ClaimAsync();

        await database.ExecuteAsync(
            """
            ALTER TABLE jobs ADD COLUMN of_the_future text DEFAULT 'x'; CREATE INDEX jobs_of_the_future ON jobs (of_the_future);
            INSERT INTO migrations (number, name) VALUES (9000, '9000_future.sql')
            """,
            null, default);

        Assert.True(await store.FinishAsync(running));
        var id = await store.SubmitAsync();
        Assert.Equal(id, (await store.ClaimAsync()).Id);
    }

    [Fact]
    public void A_database_that_cannot_be_reached_is_told_of_without_its_password()
    {
        var problem = Assert.Throws<PostgresUnavailableException>(() => PostgresDatabase.Open("postgres://kinora:secret@127.0.0.1:1/kinora"));
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_query_of_the_queue_uses_an_index()
    {
        var database = await _test.OpenAsync(time: null);
        string[] queries =
        [
            "SELECT 1 FROM jobs WHERE id = '00000000-0000-0000-0000-000000000001'",
            "SELECT 1 FROM jobs WHERE owner = 'x' AND idempotency_key = 'x'",
            $"SELECT seq FROM jobs WHERE {PostgresQueries.IsInLine} AND (start_by IS NULL OR start_by > 1) ORDER BY priority, seq LIMIT 1",
            $"SELECT count(*) FROM (SELECT 1 FROM jobs WHERE {PostgresQueries.IsInLine} AND (priority, seq) < (0, 5) ORDER BY priority, seq LIMIT 1001) a",
            "SELECT count(*) FROM jobs WHERE state = 0 AND ended_at IS NULL AND owner = 'x'",
            "SELECT id FROM jobs WHERE state = 1 AND ended_at IS NULL AND lease_until <= 1",
            "SELECT seq FROM jobs WHERE state >= 2 AND ended_at <= 1 ORDER BY ended_at",
            "SELECT seq FROM jobs WHERE state >= 2 AND NOT store_payloads AND NOT erased AND ended_at <= 1 ORDER BY ended_at",
            "SELECT seq FROM jobs WHERE owner = 'x' AND seq < 100 ORDER BY seq DESC LIMIT 30",
            "SELECT name FROM job_blobs WHERE job IS NULL",
            "SELECT name FROM job_blobs WHERE job = 1",
            "SELECT job FROM webhook_deliveries WHERE state = 1 AND next_try_at <= 1 ORDER BY next_try_at",
            "SELECT 1 FROM usage WHERE owner = 'x' AND at >= 1 AND at < 2",
            "SELECT blob FROM files WHERE expires_at <= 1",
            "SELECT id FROM uploads WHERE closes_at <= 1",
        ];

        await database.RunAsync(
            async connection =>
            {
                // Small tables are read whole, and rightly so; here it is asked what the planner can do when they are not small.
                await connection.ExecuteAsync("SET enable_seqscan = off");
                foreach (string query in queries)
                {
                    Assert.DoesNotContain("Seq Scan", await ExplainAsync(connection, query), StringComparison.Ordinal);
                }

                await connection.ExecuteAsync("RESET enable_seqscan");
                return 0;
            },
            default);
    }

    [Fact]
    public async Task What_was_last_counted_in_the_queue_sends_no_claim_no_completion_and_no_reaper_along_another_index()
    {
        var database = await _test.OpenAsync(time: null);
        const string Insert = """
            INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, ended_at, store_payloads)
            SELECT gen_random_uuid(), 'alice', 'fal-ai/some/endpoint', @state, 0, 3, 1, CASE WHEN @state = 2 THEN 1 END, true FROM generate_series(1, @count)
            """;

        await database.RunAsync(
            async connection =>
            {
                foreach (int finished in (int[])[1_000, 5_000, 50_000])
                {
                    await connection.ExecuteAsync(Insert, new { state = 2, count = finished });
                    await connection.ExecuteAsync("ANALYZE jobs");
                    await connection.ExecuteAsync(Insert, new { state = 0, count = 2_000 });

                    string claim = await ExplainAsync(connection, PostgresClaims.ClaimUnlimited);
                    Assert.True(claim.Contains("Index Scan using jobs_line", StringComparison.Ordinal), claim);
                    Assert.DoesNotContain("Sort", claim, StringComparison.Ordinal);
                    Assert.Contains("Index Scan using jobs_id_key", await ExplainAsync(connection, PostgresEnds.Completion), StringComparison.Ordinal);
                    string due = await ExplainAsync(connection, PostgresReaping.AnythingDue);
                    Assert.True(Regex.Count(due, "Scan (on|using) jobs_timed") == 3 && !due.Contains("Seq Scan", StringComparison.Ordinal), due);
                    await connection.ExecuteAsync("DELETE FROM jobs");
                }

                return 0;
            },
            default);
    }

    private static async Task<string> ExplainAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        var parameters = new
        {
            now = (long?)null,
            engines = new[] { "motion" },
            WorkerId = "w",
            lease = 1L,
            id = Guid.NewGuid(),
            attempt = 1,
            units = "5",
            microUnits = 1L,
            microPrice = 1L,
            output = "{}",
            blobNames = new[] { "files/a" },
            Instance = "i",
            due = 1L,
        };
        return string.Join('\n', await connection.QueryAsync<string>("EXPLAIN " + sql, parameters));
    }
}
