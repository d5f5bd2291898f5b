using System.Diagnostics;
using Dapper;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Listing;
using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteJobListingTests : JobListingConformance, IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteJobListingTests()
    {
        _database = SqliteDatabase.Open(_folder.File("kinora.db"));
        Jobs = new SqliteJobStore(_database, Clock);
        Usage = new SqliteUsageStore(_database);
        Listing = new SqliteJobListing(_database);
    }

    private protected override IJobStore Jobs { get; }

    private protected override IUsageStore Usage { get; }

    private protected override IJobListing Listing { get; }

    // The limit is generous: a page takes about a millisecond here, a search for what is nowhere reads all texts.
    [Fact]
    public async Task Pages_and_searches_stay_fast_over_a_hundred_thousand_jobs()
    {
        await _database.WriteAsync(
            connection => connection.Execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                INSERT INTO jobs (id, owner, endpoint, state, priority, max_attempts, created_at, ended_at, store_payloads)
                SELECT printf('00000000-0000-4000-8000-%012d', i), 'owner' || (i % 2), 'fal-ai/some/endpoint', 2 + (i % 1000 = 0), 0, 3, i, i, 1 FROM n;
                INSERT INTO job_texts (job, folded, text) SELECT seq, text, text FROM (SELECT seq, 'a slow push in on number ' || seq || ', leaves drift through warm light' AS text FROM jobs);
                """),
            default);

        await AssertFastAsync(new JobFilter { Owner = "owner0" }, before: null, expected: 30);
        await AssertFastAsync(new JobFilter { Owner = "owner0" }, before: 500, expected: 30);
        await AssertFastAsync(new JobFilter { Owner = "owner0", States = [JobState.Failed] }, before: null, expected: 30);
        await AssertFastAsync(new JobFilter { Text = "number 77777," }, before: null, expected: 1);
        await AssertFastAsync(new JobFilter { Text = "nowhere" }, before: null, expected: 0);
    }

    private async Task AssertFastAsync(JobFilter filter, long? before, int expected)
    {
        var started = Stopwatch.GetTimestamp();
        var page = await Listing.ListAsync(filter, before, 30, default);
        var elapsed = Stopwatch.GetElapsedTime(started);
        TestContext.Current.SendDiagnosticMessage($"{filter} before {before}: {elapsed.TotalMilliseconds:F1} ms");
        Assert.Equal(expected, page.Count);
        Assert.True(elapsed < TimeSpan.FromSeconds(1), $"{filter} took {elapsed}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
