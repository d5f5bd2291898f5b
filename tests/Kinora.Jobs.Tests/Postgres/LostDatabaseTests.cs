using System.Collections.Concurrent;
using Kinora.Jobs.Postgres;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>A database that goes away and comes back, and connections that are cut.</summary>
public sealed class LostDatabaseTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Jobs_that_run_while_the_database_is_away_are_neither_lost_nor_run_twice(bool cleanly)
    {
        await using var server = await PostgresCluster.StartAsync();
        using var folder = new ScratchFolder();
        var options = new JobsOptions { DataDirectory = folder.Path, Database = await server.CreateDatabaseAsync(), Worker = new JobWorkerOptions { Slots = 3 } };
        var finish = new TaskCompletionSource();
        var runs = new ConcurrentBag<Guid>();
        using var host = await JobsHost.StartAsync(options, async (context, _) =>
        {
            runs.Add(context.Job.Id);
            context.Report(new JobProgress("rendering", 0.5));
            await finish.Task;
            return new JobOutcome.Completed("{}", 1, []);
        });
        var ids = new List<Guid>();
        for (int i = 0; i < 8; i++)
            ids.Add(await host.Jobs().SubmitAsync());
        await Poll.Until(() => runs.Count == 3);

        await (cleanly ? server.StopCleanlyAsync() : server.StopAtOnceAsync());
        finish.SetResult();
        var submit = host.Jobs().EnqueueAsync(NewJobs.Create(), default);
        await Task.Delay(700, TestContext.Current.CancellationToken);
        await server.StartAgainAsync();

        // A submit waits out a short absence.
        ids.Add(Assert.IsType<EnqueueOutcome.Accepted>(await submit).Id);
        foreach (var id in ids)
            await Poll.Until(async () => (await host.Jobs().StatusAsync(id)).State == JobState.Completed);
        Assert.Equal(ids.Order(), runs.Order());
        await host.StopAsync();
    }

    [Fact]
    public async Task Waiters_are_woken_though_the_notifiers_connection_was_cut_and_it_listens_again()
    {
        await using var server = await PostgresCluster.StartAsync();
        string url = await server.CreateDatabaseAsync();
        await using var one = PostgresDatabase.Open(url);
        await using var two = PostgresDatabase.Open(url);
        using var waiting = new PostgresJobStore(one);
        using var submitting = new PostgresJobStore(two);
        var wait = waiting.WaitForQueuedAsync(null, TimeSpan.FromMinutes(1), default);
        await Poll.Until(() => one.Signals.IsListening);

        await server.ExecuteAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'kinora' AND query LIKE 'LISTEN%'");
        await submitting.SubmitAsync();
        await wait.WaitAsync(TimeSpan.FromSeconds(6));

        await Poll.Until(() => one.Signals.IsListening);
        await waiting.ClaimAsync();
        var again = waiting.WaitForQueuedAsync(null, TimeSpan.FromMinutes(1), default);
        await submitting.SubmitAsync();
        await again.WaitAsync(TimeSpan.FromSeconds(2));
    }
}
