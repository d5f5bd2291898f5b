using Kinora.Jobs.Limits;

namespace Kinora.Jobs.Tests;

public abstract partial class JobStoreConformance
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_job_is_claimed_only_by_a_worker_that_has_its_engine()
    {
        var neural = await Store.SubmitAsync(NewJobs.Create() with { Engine = "ltx" });
        var any = await Store.SubmitAsync();
        var motion = new ClaimTerms("worker", s_minute, ["motion"]);

        Assert.Equal(any, (await Store.TryClaimAsync(motion, default))?.Id);
        Assert.Null(await Store.TryClaimAsync(motion, default));
        Assert.Null(await Store.TryClaimAsync(motion with { Engines = [] }, default));
        Assert.Equal(neural, (await Store.TryClaimAsync(motion with { Engines = ["motion", "ltx"] }, default))?.Id);
    }

    [Fact]
    public async Task A_worker_that_knows_every_engine_claims_every_job()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { Engine = "ltx" });

        Assert.Equal(id, (await Store.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Waiting_for_work_ends_only_for_work_that_the_worker_can_do()
    {
        await Store.SubmitAsync(NewJobs.Create() with { Engine = "ltx" });

        var waiting = Store.WaitForQueuedAsync(["motion"], TimeSpan.FromMinutes(1), default);
        await Task.Delay(50);
        Assert.False(waiting.IsCompleted);
        await Store.WaitForQueuedAsync(["ltx"], TimeSpan.FromMinutes(1), default).WaitAsync(TimeSpan.FromSeconds(5));
        await Store.SubmitAsync(NewJobs.Create() with { Engine = "motion" });
        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_paused_queue_accepts_jobs_and_starts_none_until_it_is_resumed_whoever_asks()
    {
        var other = await OpenAgainAsync(Clock);
        var running = await Store.SubmitAsync();
        var job = await Store.ClaimAsync();
        await Limits.SetAsync(QueueLimit.Pause, default);
        var waiting = await Store.SubmitAsync();

        Assert.Null(await Store.TryClaimAsync("worker", s_minute, default));
        Assert.Null(await other.TryClaimAsync("worker", s_minute, default));
        Assert.True(await Store.FinishAsync(job));
        Assert.Equal(JobState.Completed, (await Store.StatusAsync(running)).State);

        Assert.True(await Limits.RemoveAsync(QueueLimitKind.Queue, "", default));
        Assert.Equal(waiting, (await other.ClaimAsync()).Id);
    }

    [Fact]
    public async Task An_endpoint_at_its_limit_lets_others_pass_and_goes_on_when_one_of_its_jobs_ends()
    {
        await Limits.SetAsync(new QueueLimit(QueueLimitKind.Endpoint, "fal-ai/some/endpoint", 1), default);
        var first = await Store.SubmitAsync();
        var second = await Store.SubmitAsync();
        var other = await Store.SubmitAsync(NewJobs.Create() with { Endpoint = "fal-ai/other/endpoint" });
        var job = await Store.ClaimAsync();

        Assert.Equal((first, other), (job.Id, (await Store.ClaimAsync()).Id));
        Assert.Null(await Store.TryClaimAsync("worker", s_minute, default));
        await Store.FinishAsync(job);
        Assert.Equal(second, (await Store.ClaimAsync()).Id);
    }

    [Fact]
    public async Task Each_owner_has_the_limit_of_all_unless_it_has_its_own()
    {
        await Limits.SetAsync(new QueueLimit(QueueLimitKind.Owner, QueueLimit.Each, 1), default);
        await Limits.SetAsync(new QueueLimit(QueueLimitKind.Owner, "bob", 2), default);
        await Limits.SetAsync(new QueueLimit(QueueLimitKind.Owner, "carol", 0), default);
        foreach (string owner in (string[])["alice", "alice", "bob", "bob", "bob", "carol"])
            await Store.SubmitAsync(NewJobs.Create() with { Owner = owner });

        var owners = new List<string>();
        while (await Store.TryClaimAsync("worker", s_minute, default) is { } job)
            owners.Add(job.Owner);

        Assert.Equal(["alice", "bob", "bob"], owners);
    }

    [Fact]
    public async Task A_limit_holds_against_workers_that_claim_at_the_same_moment()
    {
        await Limits.SetAsync(new QueueLimit(QueueLimitKind.Owner, QueueLimit.Each, 3), default);
        var other = await OpenAgainAsync(Clock);
        for (int i = 0; i < 20; i++)
            await Store.SubmitAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? Store : other).TryClaimAsync("worker", s_minute, default))));

        Assert.Equal(3, claims.Count(job => job is not null));
    }

    [Fact]
    public async Task Limits_are_listed_replaced_and_removed()
    {
        var limit = new QueueLimit(QueueLimitKind.Endpoint, "fal-ai/some/endpoint", 4);
        await Limits.SetAsync(limit with { MostRunning = 1 }, default);
        await Limits.SetAsync(limit, default);
        await Limits.SetAsync(QueueLimit.Pause, default);

        Assert.Equal([QueueLimit.Pause, limit], await Limits.ListAsync(default));
        Assert.True(await Limits.RemoveAsync(limit.Kind, limit.Name, default));
        Assert.False(await Limits.RemoveAsync(limit.Kind, limit.Name, default));
    }

    [Fact]
    public async Task A_limit_that_means_nothing_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Limits.SetAsync(new QueueLimit(QueueLimitKind.Owner, QueueLimit.Each, 0), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Limits.SetAsync(new QueueLimit(QueueLimitKind.Endpoint, "a", -1), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Limits.SetAsync(new QueueLimit(QueueLimitKind.Endpoint, "", 1), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Limits.SetAsync(new QueueLimit(QueueLimitKind.Queue, "a", 1), default));
    }
}
