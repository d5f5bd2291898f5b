using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Tests.Usage;

/// <summary>What every <see cref="IUsageStore"/> promises. Inherit it for each database.</summary>
public abstract class UsageStoreConformance
{
    private const string Endpoint = "fal-ai/some/endpoint";

    private protected SettableClock Clock { get; } = new();

    private protected abstract IJobStore Jobs { get; }

    private protected abstract IUsageStore Store { get; }

    [Fact]
    public async Task A_completed_job_is_recorded_exactly()
    {
        var id = await CompleteAsync(new JobCharge(5.041667m, 0.112m));

        var usage = Assert.Single(await Store.ReadEventsAsync(All(), null, 10, default));
        Assert.Equal(new UsageEvent(usage.Sequence, id, "alice", Endpoint, Clock.GetUtcNow(), new JobCharge(5.041667m, 0.112m)), usage);
    }

    [Fact]
    public async Task An_attempt_that_lost_its_lease_is_not_billed_and_nothing_is_billed_twice()
    {
        await Jobs.SubmitAsync();
        var lost = await Jobs.ClaimAsync(TimeSpan.FromSeconds(1));
        Clock.Advance(TimeSpan.FromSeconds(2));
        await Jobs.ReapAsync(default);
        var current = await Jobs.ClaimAsync();

        Assert.False(await Jobs.CompleteAsync(lost.Id, lost.Attempt, "{}", new JobCharge(100, 1), [], default));
        Assert.True(await Jobs.CompleteAsync(current.Id, current.Attempt, "{}", new JobCharge(5, 1), [], default));
        Assert.False(await Jobs.CompleteAsync(current.Id, current.Attempt, "{}", new JobCharge(7, 1), [], default));

        Assert.Equal(5, Assert.Single(await Store.ReadEventsAsync(All(), null, 10, default)).Charge.Units);
    }

    [Fact]
    public async Task Jobs_that_fail_or_are_cancelled_cost_nothing()
    {
        await Jobs.SubmitAsync();
        var failed = await Jobs.ClaimAsync();
        await Jobs.FailAsync(failed.Id, failed.Attempt, new JobFailure(JobFailureKind.InvalidInput, "no", CanRetry: false), default);
        await Jobs.RequestCancelAsync(await Jobs.SubmitAsync(), default);

        Assert.Empty(await Store.ReadEventsAsync(All(), null, 10, default));
    }

    [Fact]
    public async Task Usage_outlives_the_job()
    {
        await CompleteAsync(new JobCharge(5, 0.1m));
        Clock.Advance(TimeSpan.FromDays(31));
        await Jobs.SweepAsync(new RetentionOptions { Jobs = TimeSpan.FromDays(30) }, default);

        Assert.Empty(await Store.ReadJobsAsync(All(), null, 10, withPayloads: false, default));
        Assert.Single(await Store.ReadEventsAsync(All(), null, 10, default));
    }

    [Fact]
    public async Task Minutes_are_summed_by_owner_endpoint_and_price()
    {
        await CompleteAsync(new JobCharge(3, 0.1m));
        await CompleteAsync(new JobCharge(4, 0.1m));
        await CompleteAsync(new JobCharge(5, 0.2m));
        await CompleteAsync(new JobCharge(6, 0.1m), "bob");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await CompleteAsync(new JobCharge(7, 0.1m));

        var minutes = await Store.ReadMinutesAsync(All(), default);

        Assert.Equal(
            [("alice", 0.1m, 7m, 2L), ("alice", 0.2m, 5m, 1L), ("bob", 0.1m, 6m, 1L), ("alice", 0.1m, 7m, 1L)],
            minutes.Select(minute => (minute.Owner, minute.UnitPrice, minute.Units, minute.Jobs)));
        Assert.Equal([4, 4, 4, 5], minutes.Select(minute => minute.Minute.Minute));
        Assert.All(minutes, minute => Assert.Equal(0, minute.Minute.Second));
    }

    [Fact]
    public async Task A_filter_leaves_out_other_owners_endpoints_and_times()
    {
        await CompleteAsync(new JobCharge(1));
        await CompleteAsync(new JobCharge(2), "bob");
        await CompleteAsync(new JobCharge(3), endpoint: "fal-ai/other/endpoint");
        var now = Clock.GetUtcNow();

        async Task<IEnumerable<decimal>> UnitsAsync(UsageFilter filter) => (await Store.ReadEventsAsync(filter, null, 10, default)).Select(usage => usage.Charge.Units);

        Assert.Equal([2], await UnitsAsync(All() with { Owner = "bob" }));
        Assert.Equal([3], await UnitsAsync(All() with { Endpoints = ["fal-ai/other/endpoint"] }));
        Assert.Equal([2, 1], await UnitsAsync(All() with { Endpoints = ["fal-ai/none", Endpoint] }));
        Assert.Equal([3, 2, 1], await UnitsAsync(All() with { From = now, To = now.AddMilliseconds(1) }));
        Assert.Empty(await UnitsAsync(All() with { From = now.AddMilliseconds(1) }));
        Assert.Empty(await UnitsAsync(All() with { To = now }));
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        for (var units = 1; units <= 5; units++)
            await CompleteAsync(new JobCharge(units));

        var first = await Store.ReadEventsAsync(All(), null, 2, default);
        await CompleteAsync(new JobCharge(6));
        var second = await Store.ReadEventsAsync(All(), first[^1].Sequence, 10, default);

        Assert.Equal([5, 4, 3, 2, 1], first.Concat(second).Select(usage => usage.Charge.Units));
    }

    [Fact]
    public async Task Ended_jobs_tell_how_long_they_waited_and_ran()
    {
        var id = await Jobs.SubmitAsync(NewJobs.Create("""{"prompt":"x"}"""));
        await Jobs.SubmitAsync();
        Clock.Advance(TimeSpan.FromSeconds(3));
        var job = await Jobs.ClaimAsync();
        Clock.Advance(TimeSpan.FromSeconds(7));
        await Jobs.FinishAsync(job, """{"done":true}""");

        var ended = Assert.Single(await Store.ReadJobsAsync(All(), null, 10, withPayloads: true, default));
        Assert.Equal((id, Endpoint, JobState.Completed), (ended.Id, ended.Endpoint, ended.State));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7)), (ended.WaitTime, ended.RunTime));
        Assert.Equal(("""{"prompt":"x"}""", """{"done":true}"""), (ended.Input, ended.Output));
        Assert.Null(Assert.Single(await Store.ReadJobsAsync(All(), null, 10, withPayloads: false, default)).Input);
    }

    [Fact]
    public async Task Erased_payloads_are_gone_and_so_are_the_blobs()
    {
        var id = await CompleteAsync(new JobCharge(5, 1), blobs: ["b/1/clip.mp4"]);

        Assert.Null(await Store.ErasePayloadsAsync(Guid.NewGuid(), null, default));
        Assert.Null(await Store.ErasePayloadsAsync(id, "bob", default));
        var erasure = await Store.ErasePayloadsAsync(id, "alice", default);

        Assert.Equal((true, "b/1/clip.mp4"), (erasure!.HasEnded, Assert.Single(erasure.BlobNames)));
        var job = await Jobs.GetAsync(id);
        Assert.Equal((JobState.Completed, null, null), (job.State, job.Input, job.Output));
        Assert.Equal(["b/1/clip.mp4"], await Jobs.SweepAsync(new RetentionOptions(), default));
        Assert.Empty((await Store.ErasePayloadsAsync(id, null, default))!.BlobNames);
        Assert.Single(await Store.ReadEventsAsync(All(), null, 10, default));
    }

    [Fact]
    public async Task A_job_that_is_not_over_keeps_its_payloads()
    {
        var id = await Jobs.SubmitAsync();

        Assert.False((await Store.ErasePayloadsAsync(id, null, default))!.HasEnded);
        Assert.Equal("{}", (await Jobs.GetAsync(id)).Input);
    }

    private UsageFilter All() => new() { From = DateTimeOffset.UnixEpoch, To = Clock.GetUtcNow().AddYears(1) };

    private async Task<Guid> CompleteAsync(JobCharge charge, string owner = "alice", string endpoint = Endpoint, params string[] blobs)
    {
        await Jobs.SubmitAsync(NewJobs.Create() with { Owner = owner, Endpoint = endpoint });
        var job = await Jobs.ClaimAsync();
        Assert.True(await Jobs.CompleteAsync(job.Id, job.Attempt, "{}", charge, blobs, default));
        return job.Id;
    }
}
