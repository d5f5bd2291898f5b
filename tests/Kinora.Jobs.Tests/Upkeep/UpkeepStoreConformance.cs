using Kinora.Jobs.Limits;
using Kinora.Jobs.Upkeep;
using Kinora.Jobs.Usage;
using Kinora.Jobs.Webhooks;

namespace Kinora.Jobs.Tests.Upkeep;

/// <summary>What every <see cref="IUpkeepStore"/> promises. Inherit it for each database.</summary>
public abstract class UpkeepStoreConformance
{
    private protected abstract IUpkeepStore Upkeep { get; }

    private protected abstract IJobStore Jobs { get; }

    private protected abstract IQueueLimitStore Limits { get; }

    /// <summary>Does behind the store's back what no program of ours does.</summary>
    private protected abstract Task BreakAsync(string sql);

    [Fact]
    public async Task An_empty_store_is_in_order()
    {
        Assert.Equal(new QueueSummary(0, 0, TimeSpan.Zero, false, 0), await Upkeep.SummariseAsync(default));
        Assert.Empty(await Upkeep.VerifyAsync(repair: true, default));
        Assert.Empty(await Upkeep.ListNeededBlobsAsync("", 10, default));
    }

    [Fact]
    public async Task The_queue_is_summed_up()
    {
        for (int i = 0; i < 5; i++)
            await Jobs.SubmitAsync();
        var first = await Jobs.TryClaimAsync("a", TimeSpan.FromSeconds(60), default);
        await Jobs.TryClaimAsync("a", TimeSpan.FromSeconds(60), default);
        await Jobs.TryClaimAsync("b", TimeSpan.FromSeconds(60), default);
        await Jobs.CompleteAsync(first!.Id, first.Attempt, "{}", new JobCharge(1), [], default);

        var summary = await Upkeep.SummariseAsync(default);

        Assert.Equal((2, 2, false), (summary.Queued, summary.Running, summary.IsPaused));
        Assert.InRange(summary.OldestQueuedFor, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await Limits.SetAsync(QueueLimit.Pause, default);
        Assert.True((await Upkeep.SummariseAsync(default)).IsPaused);
    }

    [Fact]
    public async Task A_store_after_every_kind_of_end_is_in_order()
    {
        await LiveAsync();

        Assert.Empty(await Upkeep.VerifyAsync(repair: false, default));
        Assert.Equal(["b/one", "b/two"], await Upkeep.ListNeededBlobsAsync("", 10, default));
        Assert.Equal(["b/two"], await Upkeep.ListNeededBlobsAsync("b/one", 10, default));
        Assert.Equal(["b/one"], await Upkeep.ListNeededBlobsAsync("", 1, default));
    }

    [Theory]
    [InlineData("UPDATE jobs SET lease_until = NULL WHERE state = 1", "A running job has a lease.")]
    [InlineData("UPDATE jobs SET lease_until = 5 WHERE state = 2", "A job that is not running has no lease.")]
    [InlineData("UPDATE jobs SET ended_at = NULL WHERE state = 3", "An ended job has an end.")]
    [InlineData("UPDATE jobs SET ended_at = 5 WHERE state = 0", "A job that has not ended has no end.")]
    [InlineData("UPDATE webhook_deliveries SET state = 0", "The end of a job makes its webhook due.")]
    public async Task What_can_be_mended_without_guessing_is_mended(string damage, string rule)
    {
        await LiveAsync();
        await BreakAsync(damage);

        var seen = Assert.Single(await Upkeep.VerifyAsync(repair: false, default));
        Assert.Equal((rule, false, true), (seen.Rule, seen.IsRepaired, seen.CanRepair));
        Assert.NotEmpty(seen.Offenders);
        var mended = Assert.Single(await Upkeep.VerifyAsync(repair: true, default));
        Assert.Equal((rule, true, seen.Count), (mended.Rule, mended.IsRepaired, mended.Count));
        Assert.Empty(await Upkeep.VerifyAsync(repair: false, default));
    }

    [Theory]
    [InlineData("DELETE FROM job_inputs", "A job that has not ended has its input.")]
    [InlineData("DELETE FROM job_outputs", "A completed job has its output until it is erased.")]
    [InlineData("DELETE FROM usage", "A completed job is billed.")]
    [InlineData("UPDATE jobs SET attempt = 9 WHERE state = 3", "No job was started more often than it may be.")]
    [InlineData("UPDATE jobs SET failure_kind = NULL WHERE state = 3", "A failed job says why.")]
    public async Task What_only_a_person_can_mend_is_told_and_left_alone(string damage, string rule)
    {
        await LiveAsync();
        await BreakAsync(damage);

        var seen = Assert.Single(await Upkeep.VerifyAsync(repair: true, default));
        Assert.Equal((rule, false, false), (seen.Rule, seen.IsRepaired, seen.CanRepair));
        Assert.Single(await Upkeep.VerifyAsync(repair: true, default));
    }

    [Fact]
    public async Task A_vacuum_takes_nothing_away()
    {
        await LiveAsync();
        await Upkeep.VacuumAsync(default);
        Assert.Empty(await Upkeep.VerifyAsync(repair: false, default));
        Assert.Equal((1, 1), await Upkeep.SummariseAsync(default) is var summary ? (summary.Queued, summary.Running) : default);
    }

    /// <summary>Five jobs: queued, running, completed with a webhook and two blobs, failed, cancelled.</summary>
    private protected async Task LiveAsync()
    {
        await Jobs.SubmitAsync(NewJobs.Create() with { Webhook = new NewWebhook(new Uri("https://receiver.example/hook"), "https://kinora.example") });
        var completed = await Jobs.ClaimAsync();
        Assert.True(await Jobs.CompleteAsync(completed.Id, completed.Attempt, "{}", new JobCharge(5, 0.1m), ["b/one", "b/two"], default));
        await Jobs.SubmitAsync();
        var failed = await Jobs.ClaimAsync();
        Assert.True(await Jobs.FailAsync(failed.Id, failed.Attempt, new JobFailure(JobFailureKind.EngineFault, "It broke.", CanRetry: false), default));
        await Jobs.RequestCancelAsync(await Jobs.SubmitAsync(), default);
        await Jobs.SubmitAsync();
        await Jobs.ClaimAsync();
        await Jobs.SubmitAsync();
    }
}
