using Kinora.Jobs.Listing;
using Kinora.Jobs.Usage;

namespace Kinora.Jobs.Tests.Listing;

/// <summary>What every <see cref="IJobListing"/> promises. Inherit it for each database.</summary>
public abstract class JobListingConformance
{
    private protected SettableClock Clock { get; } = new();

    private protected abstract IJobStore Jobs { get; }

    private protected abstract IUsageStore Usage { get; }

    private protected abstract IJobListing Listing { get; }

    [Fact]
    public async Task Jobs_in_every_state_are_listed_the_latest_submit_first()
    {
        var failed = await Jobs.SubmitAsync();
        var first = await Jobs.ClaimAsync();
        await Jobs.FailAsync(first.Id, first.Attempt, new JobFailure(JobFailureKind.InvalidInput, "no", CanRetry: false), default);
        var completed = await Jobs.SubmitAsync(NewJobs.Create() with { SearchText = "A Fox runs" });
        var second = await Jobs.ClaimAsync();
        Clock.Advance(TimeSpan.FromSeconds(7));
        await Jobs.FinishAsync(second, """{"done":true}""");
        var running = await Jobs.SubmitAsync();
        await Jobs.BeatAsync(await Jobs.ClaimAsync(), progress: new JobProgress("rendering", 0.5));
        var queued = await Jobs.SubmitAsync();
        var cancelled = await Jobs.SubmitAsync();
        await Jobs.RequestCancelAsync(cancelled, default);

        var jobs = await ListAsync(new JobFilter());

        Assert.Equal([cancelled, queued, running, completed, failed], jobs.Select(job => job.Id));
        Assert.Equal([JobState.Cancelled, JobState.Queued, JobState.Running, JobState.Completed, JobState.Failed], jobs.Select(job => job.State));
        Assert.Equal((new JobProgress("rendering", 0.5), "worker", 1), (jobs[2].Progress, jobs[2].WorkerId, jobs[2].Attempt));
        Assert.Equal(("""{"done":true}""", 5m, TimeSpan.FromSeconds(7), "A Fox runs"), (jobs[3].Output, jobs[3].BillableUnits, jobs[3].RunTime, jobs[3].SearchText));
        Assert.Equal(JobFailureKind.InvalidInput, jobs[4].Failure);
        Assert.Null(jobs[1].StartedAt);
    }

    [Fact]
    public async Task A_filter_leaves_out_other_owners_endpoints_states_and_times()
    {
        var mine = await Jobs.SubmitAsync();
        var start = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var elsewhere = await Jobs.SubmitAsync(NewJobs.Create() with { Endpoint = "fal-ai/other/endpoint" });
        Clock.Advance(TimeSpan.FromSeconds(1));
        var others = await Jobs.SubmitAsync(NewJobs.Create() with { Owner = "bob" });
        await Jobs.RequestCancelAsync(mine, default);

        Assert.Equal([elsewhere, mine], await IdsAsync(new JobFilter { Owner = "alice" }));
        Assert.Equal([elsewhere], await IdsAsync(new JobFilter { Endpoint = "fal-ai/other/endpoint" }));
        Assert.Equal([mine], await IdsAsync(new JobFilter { States = [JobState.Cancelled, JobState.Failed] }));
        Assert.Equal([others, elsewhere], await IdsAsync(new JobFilter { From = start.AddSeconds(1) }));
        Assert.Equal([mine], await IdsAsync(new JobFilter { To = start.AddSeconds(1) }));
        Assert.Equal([others], await IdsAsync(new JobFilter { Id = others }));
        Assert.Empty(await IdsAsync(new JobFilter { Id = others, Owner = "alice" }));
    }

    [Theory]
    [InlineData("fox", true)]
    [InlineData("FOX RUNS", true)]
    [InlineData("über", true)]
    [InlineData("狐狸", true)]
    [InlineData("%", true)]
    [InlineData("100_", false)]
    [InlineData("x runs fast", false)]
    public async Task A_search_finds_what_the_text_holds_whatever_its_case(string text, bool isFound)
    {
        await Jobs.SubmitAsync();
        var id = await Jobs.SubmitAsync(NewJobs.Create() with { SearchText = "A Fox runs ÜBER the hill, 狐狸, 100%" });

        Assert.Equal(isFound ? [id] : [], await IdsAsync(new JobFilter { Text = text }));
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Insert(0, await Jobs.SubmitAsync());

        var first = await Listing.ListAsync(new JobFilter { Owner = "alice" }, null, 2, default);
        await Jobs.SubmitAsync();
        var second = await Listing.ListAsync(new JobFilter { Owner = "alice" }, first[^1].Sequence, 10, default);

        Assert.Equal(ids, first.Concat(second).Select(job => job.Id));
    }

    [Fact]
    public async Task An_erased_job_is_listed_without_what_it_carried()
    {
        var id = await Jobs.SubmitAsync(NewJobs.Create() with { SearchText = "secret" });
        await Jobs.FinishAsync(await Jobs.ClaimAsync());
        await Usage.ErasePayloadsAsync(id, "alice", default);

        var job = Assert.Single(await ListAsync(new JobFilter()));
        Assert.Equal((true, null, null), (job.IsErased, job.SearchText, job.Output));
        Assert.Empty(await ListAsync(new JobFilter { Text = "secret" }));
    }

    private Task<IReadOnlyList<ListedJob>> ListAsync(JobFilter filter) => Listing.ListAsync(filter, null, 100, default);

    private async Task<IEnumerable<Guid>> IdsAsync(JobFilter filter) => (await ListAsync(filter)).Select(job => job.Id);
}
