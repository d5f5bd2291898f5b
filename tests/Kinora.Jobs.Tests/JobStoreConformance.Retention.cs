namespace Kinora.Jobs.Tests;

public abstract partial class JobStoreConformance
{
    private static readonly RetentionOptions s_retention = new();

    [Fact]
    public async Task An_old_job_is_deleted_and_its_blobs_are_named_for_deletion()
    {
        var id = await Store.SubmitAsync();
        var job = await Store.ClaimAsync();
        await Store.BeatAsync(job, lines: "line");
        await Store.FinishAsync(job, "{}", "b/one", "b/two");
        var young = await Store.SubmitAsync();
        Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Store.SweepAsync(s_retention, default));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var names = await Store.SweepAsync(s_retention, default);

        Assert.Equal(["b/one", "b/two"], names.Order(StringComparer.Ordinal));
        Assert.Null(await Store.FindAsync(id, default));
        Assert.Null(await Store.FindStatusAsync(id, default));
        Assert.Empty(await Store.ReadLogAsync(id, 0, default));
        Assert.NotNull(await Store.FindAsync(young, default));
    }

    [Fact]
    public async Task Blobs_are_named_again_after_a_crash_but_not_for_ever()
    {
        await Store.SubmitAsync();
        await Store.FinishAsync(await Store.ClaimAsync(), "{}", "b/one");
        Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal("b/one", Assert.Single(await Store.SweepAsync(s_retention, default)));
        var restarted = await OpenAgainAsync(Clock);
        Assert.Equal("b/one", Assert.Single(await restarted.SweepAsync(s_retention, default)));
        for (int sweep = 0; sweep < 5; sweep++)
            await Store.SweepAsync(s_retention, default);
        Assert.Empty(await Store.SweepAsync(s_retention, default));
    }

    [Fact]
    public async Task A_blob_of_a_deleted_job_that_another_one_has_too_stays()
    {
        await Store.SubmitAsync();
        await Store.FinishAsync(await Store.ClaimAsync(), "{}", "b/shared", "b/own");
        Clock.Advance(TimeSpan.FromDays(31));
        await Store.SweepAsync(s_retention, default);

        var other = await Store.SubmitAsync();
        Assert.True(await Store.FinishAsync(await Store.ClaimAsync(), "\"of the other\"", "b/shared"));

        Assert.Equal("b/own", Assert.Single(await Store.SweepAsync(s_retention, default)));
        Assert.Equal("\"of the other\"", (await Store.GetAsync(other)).Output);
    }

    [Fact]
    public async Task Payloads_that_were_not_to_be_stored_are_erased_early_and_the_job_stays()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { StorePayloads = false });
        var job = await Store.ClaimAsync();
        await Store.BeatAsync(job, lines: "line");
        await Store.FinishAsync(job, "{}", "b/one");
        var stored = await Store.SubmitAsync();
        await Store.FinishAsync(await Store.ClaimAsync());
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty(await Store.SweepAsync(s_retention, default));

        var erased = await Store.GetAsync(id);
        Assert.Equal((JobState.Completed, null, null), (erased.State, erased.Input, erased.Output));
        Assert.Empty(await Store.ReadLogAsync(id, 0, default));
        Assert.Equal(("{}", "{}"), ((await Store.GetAsync(stored)).Input, (await Store.GetAsync(stored)).Output));
    }

    [Fact]
    public async Task Queued_and_running_jobs_are_never_swept_however_old()
    {
        var running = await Store.SubmitAsync();
        await Store.ClaimAsync();
        var queued = await Store.SubmitAsync(NewJobs.Create() with { StorePayloads = false });
        Clock.Advance(TimeSpan.FromDays(1_000));

        await Store.SweepAsync(s_retention, default);

        Assert.NotNull((await Store.GetAsync(running)).Input);
        Assert.NotNull((await Store.GetAsync(queued)).Input);
    }

    [Fact]
    public async Task A_sweep_deletes_more_than_one_batch()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 450).Select(_ => Store.SubmitAsync(NewJobs.Create() with { StorePayloads = false })));
        await Task.WhenAll(ids.Select(id => Store.RequestCancelAsync(id, default)));

        Clock.Advance(TimeSpan.FromHours(2));
        await Store.SweepAsync(s_retention, default);
        Assert.All(await Task.WhenAll(ids.Select(Store.GetAsync)), job => Assert.Null(job.Input));

        Clock.Advance(TimeSpan.FromDays(31));
        await Store.SweepAsync(s_retention, default);
        Assert.All(await Task.WhenAll(ids.Select(id => Store.FindAsync(id, default))), Assert.Null);
    }
}
