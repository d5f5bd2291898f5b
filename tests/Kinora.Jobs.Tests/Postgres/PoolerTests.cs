using Kinora.Jobs.Postgres;

namespace Kinora.Jobs.Tests.Postgres;

/// <summary>Through a real PgBouncer in transaction mode.</summary>
public sealed class PoolerTests
{
    [Fact]
    public async Task The_queue_works_and_waiting_falls_back_to_polling()
    {
        await using var server = await PostgresCluster.StartAsync();
        await using var pooler = await TransactionPooler.StartAsync(new Uri(await server.CreateDatabaseAsync()));
        string url = pooler.Url + "?pooler=transaction";
        await using var one = PostgresDatabase.Open(url);
        await using var two = PostgresDatabase.Open(url);
        using var worker = new PostgresJobStore(one);
        using var front = new PostgresJobStore(two);

        var waiting = worker.WaitForQueuedAsync(null, TimeSpan.FromMinutes(1), default);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => front.SubmitAsync(NewJobs.Create() with { IdempotencyKey = $"{i}", MostQueued = 100 })));
        await waiting.WaitAsync(TimeSpan.FromSeconds(4));
        Assert.False(one.Signals.IsListening);

        foreach (var _ in ids)
        {
            var job = await worker.ClaimAsync();
            Assert.Equal(HeartbeatOutcome.Renewed, await worker.BeatAsync(job, progress: new JobProgress("rendering", 0.5), lines: "a line"));
            Assert.True(await worker.FinishAsync(job));
        }

        Assert.All(await Task.WhenAll(ids.Select(front.StatusAsync)), status => Assert.Equal(JobState.Completed, status.State));
    }
}
