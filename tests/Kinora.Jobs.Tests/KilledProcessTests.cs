using System.Collections.Concurrent;
using Kinora.Jobs.Tests.Postgres;
using Microsoft.Extensions.Hosting;

namespace Kinora.Jobs.Tests;

/// <summary>What survives <c>kill -9</c>, on each database.</summary>
public abstract class KilledProcessTests(TestStore kind) : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();

    private JobsOptions Options { get; set; } = null!;

    private JobsOptions WithoutWorker => Options with { Worker = new JobWorkerOptions { Slots = 0 } };

    public async ValueTask InitializeAsync() => Options = new JobsOptions
    {
        DataDirectory = _folder.Path,
        Database = kind == TestStore.Postgres ? await PostgresCluster.CreateDatabaseAsync() : null,
    };

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_submit_that_was_acknowledged_survives_kill_9_and_the_rest_is_wholly_there_or_absent()
    {
        using (var child = new ChildProcess(nameof(ChildPrograms.Submit), Options))
        {
            await Poll.Until(() => File.Exists(_folder.File("acknowledged")) && new FileInfo(_folder.File("acknowledged")).Length > 500 * 37);
            await child.KillAsync();
        }

        using var host = await JobsHost.StartAsync(WithoutWorker, Never);
        var store = host.Jobs();
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
    public async Task After_kill_9_of_the_server_its_running_job_and_its_ten_queued_ones_complete_once()
    {
        using (var front = await JobsHost.StartAsync(WithoutWorker, Never))
        {
            for (int i = 0; i < 11; i++)
                await front.Jobs().SubmitAsync();
            await front.StopAsync();
        }

        using (var child = new ChildProcess(nameof(ChildPrograms.Serve), Options))
        {
            await Poll.Until(() => File.Exists(_folder.File("started")) && new FileInfo(_folder.File("started")).Length == 37);
            await child.KillAsync();
        }

        var completed = new ConcurrentBag<Guid>();
        using var host = await JobsHost.StartAsync(Options, (context, _) =>
        {
            completed.Add(context.Job.Id);
            return Task.FromResult<JobOutcome>(new JobOutcome.Completed("{}", 1, []));
        });
        // On one machine the kernel tells at once that the server is gone: its lease has 60 s to go, and Poll gives up long before. On many, the lease tells.
        await Poll.Until(() => completed.Count >= 11);
        await host.StopAsync();

        Assert.Equal(11, completed.Distinct().Count());
        Assert.Equal(11, completed.Count);
        var interrupted = Guid.Parse((await File.ReadAllLinesAsync(_folder.File("started")))[0]);
        using var reopened = await JobsHost.StartAsync(WithoutWorker, Never);
        var job = await reopened.Jobs().GetAsync(interrupted);
        Assert.Equal((JobState.Completed, 2), (job.State, job.Attempt));
        await reopened.StopAsync();
    }

    private static Task<JobOutcome> Never(JobContext context, CancellationToken cancellationToken) => throw new InvalidOperationException("There is no worker.");
}
