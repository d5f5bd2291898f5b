using System.Diagnostics;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Postgres;
using Kinora.Jobs.Tests.Upkeep;
using Kinora.Jobs.Upkeep;

namespace Kinora.Jobs.Tests.Postgres;

public sealed class PostgresUpkeepStoreTests : UpkeepStoreConformance, IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private protected override IUpkeepStore Upkeep => new PostgresUpkeepStore(_database.First);

    private protected override IJobStore Jobs => new PostgresJobStore(_database.First);

    private protected override IQueueLimitStore Limits => new PostgresQueueLimitStore(_database.First);

    private protected override Task BreakAsync(string sql) => _database.First.ExecuteAsync(sql, null, default);

    public async ValueTask InitializeAsync() => await _database.OpenAsync(time: null);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_pg_dump_wrote_pg_restore_brings_back_in_order()
    {
        await LiveAsync();
        using var folder = new ScratchFolder();
        string from = await _database.UrlAsync();
        string to = await PostgresCluster.CreateEmptyDatabaseAsync();

        await RunAsync("pg_dump", "--format=custom", "--file=" + folder.File("kinora.dump"), from);
        await RunAsync("pg_restore", "--no-owner", "--clean", "--if-exists", "--dbname=" + to, folder.File("kinora.dump"));

        await using var database = PostgresDatabase.Open(to);
        Assert.Empty(await new PostgresUpkeepStore(database).VerifyAsync(repair: false, default));
        Assert.Equal(["b/one", "b/two"], await new PostgresUpkeepStore(database).ListNeededBlobsAsync("", 10, default));
        var jobs = new PostgresJobStore(database);
        Assert.NotNull(await jobs.TryClaimAsync(new ClaimTerms("worker", TimeSpan.FromMinutes(1)), default));
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }
}
