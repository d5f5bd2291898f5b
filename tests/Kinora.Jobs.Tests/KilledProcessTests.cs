using System.Collections.Concurrent;
using Kinora.Jobs.Sqlite;
using Microsoft.Extensions.Hosting;

namespace Kinora.Jobs.Tests;

public sealed class KilledProcessTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_submit_that_was_acknowledged_survives_kill_9_and_the_rest_is_wholly_there_or_absent()
    {
        using (var child = new ChildProcess(nameof(ChildPrograms.Submit), _folder.Path))
        {
            await Poll.Until(() => File.Exists(_folder.File("acknowledged")) && new FileInfo(_folder.File("acknowledged")).Length > 500 * 37);
            await child.KillAsync();
        }

        await using var database = SqliteDatabase.Open(_folder.File("kinora.db"));
        var store = new SqliteJobStore(database, TimeProvider.System);
        var acknowledged = (await File.ReadAllLinesAsync(_folder.File("acknowledged"))).Where(line => line.Length == 36).Select(Guid.Parse).ToList();
        foreach (var id in acknowledged)
            Assert.Equal("\"an input\"", (await store.GetAsync(id)).Input);

        int queued = await store.CountQueuedAsync(null, default);
        Assert.InRange(queued, acknowledged.Count, acknowledged.Count + 8);
        for (int i = 0; i < queued; i++)
            Assert.Equal("\"an input\"", (await store.ClaimAsync()).Input);
        Assert.Null(await store.TryClaimAsync("worker", TimeSpan.FromMinutes(1), default));
    }

    [Fact]
    public async Task After_kill_9_of_the_server_its_running_job_and_its_ten_queued_ones_complete_once_without_waiting_for_the_lease()
    {
        await using (var database = SqliteDatabase.Open(_folder.File("kinora.db")))
        {
            var store = new SqliteJobStore(database, TimeProvider.System);
            for (int i = 0; i < 11; i++)
                await store.SubmitAsync();
        }

        using (var child = new ChildProcess(nameof(ChildPrograms.Serve), _folder.Path))
        {
            await Poll.Until(() => File.Exists(_folder.File("started")) && new FileInfo(_folder.File("started")).Length == 37);
            await child.KillAsync();
        }

        var completed = new ConcurrentBag<Guid>();
        using var host = await JobsHost.StartAsync(_folder.Path, (context, _) =>
        {
            completed.Add(context.Job.Id);
            return Task.FromResult<JobOutcome>(new JobOutcome.Completed("{}", 1, []));
        });
        // The lease of the killed server has 60 s to go; Poll gives up long before.
        await Poll.Until(() => completed.Count >= 11);
        await host.StopAsync();

        Assert.Equal(11, completed.Distinct().Count());
        Assert.Equal(11, completed.Count);
        var interrupted = Guid.Parse((await File.ReadAllLinesAsync(_folder.File("started")))[0]);
        await using var reopened = SqliteDatabase.Open(_folder.File("kinora.db"));
        Assert.Equal((JobState.Completed, 2), await StateOfAsync(reopened, interrupted));
    }

    private static async Task<(JobState, int)> StateOfAsync(SqliteDatabase database, Guid id)
    {
        var job = await new SqliteJobStore(database, TimeProvider.System).GetAsync(id);
        return (job.State, job.Attempt);
    }
}
