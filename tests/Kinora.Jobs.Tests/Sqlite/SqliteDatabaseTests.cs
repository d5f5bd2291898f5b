using Dapper;
using Kinora.Jobs.Sqlite;
using Microsoft.Data.Sqlite;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string DatabasePath => _folder.File("kinora.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Many_may_open_a_new_file_at_once_and_each_migration_runs_once()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SqliteDatabase.Open(DatabasePath))));

        var applied = databases[0].Read(connection => connection.Query<long>("SELECT number FROM migrations ORDER BY number").ToList());
        foreach (var database in databases)
            await database.DisposeAsync();
        Assert.Equal([1, 2, .. applied.Skip(2).Distinct().Order()], applied);
    }

    [Fact]
    public async Task Writes_are_logged_ahead_and_flushed_at_each_commit()
    {
        await using var database = SqliteDatabase.Open(DatabasePath);

        Assert.Equal(
            ("wal", 2L, 1L),
            await database.WriteAsync(
                connection => (connection.QuerySingle<string>("PRAGMA journal_mode"), connection.QuerySingle<long>("PRAGMA synchronous"),
                    connection.QuerySingle<long>("PRAGMA foreign_keys")),
                default));
    }

    [Fact]
    public async Task A_write_that_fails_takes_back_only_itself()
    {
        await using var database = SqliteDatabase.Open(DatabasePath);
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"), default);

        // Held up by the first, the others go into one transaction.
        var gate = new ManualResetEventSlim();
        var first = database.WriteAsync(
            connection =>
            {
                gate.Wait();
                return connection.Execute("INSERT INTO t VALUES (1)");
            },
            default);
        var good = database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (2)"), default);
        var bad = database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (3), (2)"), default);
        var alsoGood = database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (4)"), default);
        gate.Set();

        await Task.WhenAll(first, good, alsoGood);
        await Assert.ThrowsAsync<SqliteException>(() => bad);
        Assert.Equal([1L, 2L, 4L], database.Read(connection => connection.Query<long>("SELECT n FROM t ORDER BY n").ToList()));
    }

    [Fact]
    public async Task A_full_disk_fails_the_write_with_its_reason_and_the_next_one_works()
    {
        await using var database = SqliteDatabase.Open(DatabasePath);
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE t (content BLOB)"), default);
        int Fill(SqliteConnection connection)
        {
            connection.Execute("PRAGMA max_page_count = 100");
            return connection.Execute("INSERT INTO t VALUES (zeroblob(10000000))");
        }

        const int Full = 13;
        Assert.Equal(Full, (await Assert.ThrowsAsync<SqliteException>(() => database.WriteAsync(Fill, default))).SqliteErrorCode);
        await database.WriteAsync(connection => connection.Execute("INSERT INTO t VALUES (x'00')"), default);
        Assert.Equal(1, database.Read(connection => connection.QuerySingle<long>("SELECT count(*) FROM t")));
    }

    [Fact]
    public async Task A_write_that_was_given_up_before_its_turn_is_not_made()
    {
        await using var database = SqliteDatabase.Open(DatabasePath);
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        bool ran = false;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync(_ => ran = true, cancel.Token));
        await database.WriteAsync(_ => 0, default);

        Assert.False(ran);
    }

    [Fact]
    public async Task After_disposal_calls_say_so()
    {
        var database = SqliteDatabase.Open(DatabasePath);
        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(_ => 0, default));
        Assert.Throws<ObjectDisposedException>(() => database.Read(_ => 0));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(DatabasePath, new string('x', 10_000));

        Assert.Throws<SqliteException>(() => SqliteDatabase.Open(DatabasePath));
    }

    [Fact]
    public void A_library_that_is_too_old_is_named_with_its_package()
    {
        var exception = Assert.Throws<SqliteLibraryException>(() => SqliteLibrary.RequireVersion(3_034_001, "3.34.1"));

        Assert.Contains("3.34.1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("libsqlite3-0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_query_of_the_queue_uses_an_index()
    {
        await using var database = SqliteDatabase.Open(DatabasePath);
        string[] queries =
        [
            "SELECT 1 FROM jobs WHERE id = 'x'",
            "SELECT 1 FROM jobs WHERE owner = 'x' AND idempotency_key = 'x'",
            "SELECT seq FROM jobs WHERE state = 0 AND (start_by IS NULL OR start_by > 1) ORDER BY priority, seq LIMIT 1",
            "SELECT count(*) FROM jobs WHERE state = 0 AND priority = 0 AND seq >= 0 AND seq < 5",
            "SELECT count(*) FROM jobs WHERE state = 0 AND owner = 'x'",
            "SELECT id FROM jobs WHERE state = 1 AND lease_until <= 1",
            "SELECT seq FROM jobs WHERE state = 0 AND start_by <= 1",
            "SELECT seq FROM jobs WHERE state = 0 AND tied_to IS NOT NULL AND tied_until <= 1",
            "SELECT seq FROM jobs WHERE state >= 2 AND ended_at <= 1",
            "SELECT seq FROM jobs WHERE state >= 2 AND store_payloads = 0 AND erased = 0 AND ended_at <= 1",
            "SELECT name FROM job_blobs WHERE job IS NULL",
            "SELECT name FROM job_blobs WHERE job = 1",
        ];

        Assert.All(queries, query =>
        {
            var plan = database.Read(connection => connection.Query("EXPLAIN QUERY PLAN " + query).Select(row => (string)row.detail).ToList());
            Assert.All(plan, step => Assert.Contains(" USING ", step, StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        });
    }
}
