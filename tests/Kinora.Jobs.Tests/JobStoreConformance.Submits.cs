namespace Kinora.Jobs.Tests;

public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task A_hundred_identical_submits_at_once_with_one_key_give_one_job_and_equal_answers()
    {
        var other = await OpenAgainAsync(Clock);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Store : other).EnqueueAsync(NewJobs.Create() with { IdempotencyKey = "key" }, default))));

        var accepted = Assert.Single(outcomes.OfType<EnqueueOutcome.Accepted>());
        Assert.Equal(99, outcomes.OfType<EnqueueOutcome.Replayed>().Count(replay => replay.Id == accepted.Id));
        Assert.Equal(1, await Store.CountQueuedAsync(null, default));
    }

    [Theory]
    [InlineData("fal-ai/some/endpoint", """{"other":1}""")]
    [InlineData("fal-ai/other/endpoint", "{}")]
    public async Task Another_request_under_a_used_key_is_a_conflict_and_stores_nothing(string endpoint, string input)
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { IdempotencyKey = "key" });

        var outcome = await Store.EnqueueAsync(NewJobs.Create(input) with { IdempotencyKey = "key", Endpoint = endpoint }, default);

        Assert.Equal(new EnqueueOutcome.Conflict(id), outcome);
        Assert.Equal(1, await Store.CountQueuedAsync(null, default));
    }

    [Fact]
    public async Task Keys_of_different_owners_have_nothing_to_do_with_each_other()
    {
        await Store.SubmitAsync(NewJobs.Create() with { IdempotencyKey = "key" });
        await Store.SubmitAsync(NewJobs.Create() with { IdempotencyKey = "key", Owner = "bob" });

        Assert.Equal(2, await Store.CountQueuedAsync(null, default));
    }

    [Fact]
    public async Task A_key_replays_its_job_after_its_end_and_after_its_payloads_were_erased()
    {
        var given = NewJobs.Create() with { IdempotencyKey = "key", StorePayloads = false };
        await Store.SubmitAsync(given);
        await Store.FinishAsync(await Store.ClaimAsync());
        Clock.Advance(TimeSpan.FromHours(2));
        await Store.SweepAsync(new RetentionOptions(), default);

        Assert.Equal(new EnqueueOutcome.Replayed(given.Id), await Store.EnqueueAsync(given with { Id = Guid.NewGuid() }, default));
    }

    [Fact]
    public async Task An_input_of_megabytes_is_kept_whole_and_beats_stay_cheap()
    {
        string input = $"\"{new string('a', 12_000_000)}\"";
        var id = await Store.SubmitAsync(NewJobs.Create(input));

        var job = await Store.ClaimAsync();
        for (int i = 0; i < 20; i++)
            await Store.BeatAsync(job, progress: new JobProgress("rendering", i / 20.0));

        Assert.Equal(input, job.Input);
        Assert.Equal(input, (await Store.GetAsync(id)).Input);
    }
}
