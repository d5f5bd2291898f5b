using Dapper;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Tests.Upkeep;
using Kinora.Jobs.Upkeep;

namespace Kinora.Jobs.Tests.Sqlite;

public sealed class SqliteUpkeepStoreTests : UpkeepStoreConformance, IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteUpkeepStoreTests() => _database = SqliteDatabase.Open(_folder.File("kinora.db"));

    private protected override IUpkeepStore Upkeep => new SqliteUpkeepStore(_database, TimeProvider.System);

    private protected override IJobStore Jobs => new SqliteJobStore(_database, TimeProvider.System);

    private protected override IQueueLimitStore Limits => new SqliteQueueLimitStore(_database);

    private protected override Task BreakAsync(string sql) => _database.WriteAsync(connection => connection.Execute(sql), default);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Counters_that_went_wrong_are_counted_again()
    {
        await LiveAsync();
        await BreakAsync("UPDATE queue_buckets SET queued = 7");

        Assert.Equal("The queue's counters say how many jobs are queued.", Assert.Single(await Upkeep.VerifyAsync(repair: true, default)).Rule);
        Assert.Empty(await Upkeep.VerifyAsync(repair: false, default));
    }

    [Fact]
    public async Task A_backup_made_while_jobs_come_in_is_a_whole_database_of_one_moment()
    {
        using var over = new CancellationTokenSource();
        var submits = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
                await Jobs.SubmitAsync();
        });
        await Poll.Until(async () => await Jobs.CountQueuedAsync(null, default) > 20);

        await Upkeep.BackUpAsync(_folder.File("backup.db"), default);
        await over.CancelAsync();
        await submits;

        await using var copy = SqliteDatabase.Open(_folder.File("backup.db"));
        var restored = new SqliteJobStore(copy, TimeProvider.System);
        Assert.InRange(await restored.CountQueuedAsync(null, default), 21, await Jobs.CountQueuedAsync(null, default));
        Assert.Empty(await new SqliteUpkeepStore(copy, TimeProvider.System).VerifyAsync(repair: false, default));
        Assert.NotNull(await restored.TryClaimAsync(new ClaimTerms("worker", TimeSpan.FromMinutes(1)), default));
        await Assert.ThrowsAsync<IOException>(() => Upkeep.BackUpAsync(_folder.File("backup.db"), default));
    }
}
