namespace Kinora.Jobs.Tests;

public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task A_queued_job_is_cancelled_at_once()
    {
        var id = await Store.SubmitAsync();

        Assert.Equal(CancelOutcome.Requested, await Store.RequestCancelAsync(id, default));

        Assert.Equal((JobState.Cancelled, null), ((await Store.StatusAsync(id)).State, (await Store.StatusAsync(id)).RunTime));
        Assert.Null(await Store.TryClaimAsync("worker", TimeSpan.FromMinutes(1), default));
        Assert.Equal(CancelOutcome.AlreadyEnded, await Store.RequestCancelAsync(id, default));
    }

    [Fact]
    public async Task A_running_job_is_cancelled_when_its_worker_has_let_go()
    {
        var id = await Store.SubmitAsync();
        var job = await Store.ClaimAsync();

        Assert.Equal(CancelOutcome.Requested, await Store.RequestCancelAsync(id, default));
        Assert.Equal(CancelOutcome.Requested, await Store.RequestCancelAsync(id, default));
        Assert.Equal((JobState.Running, true), ((await Store.StatusAsync(id)).State, (await Store.StatusAsync(id)).CancelRequested));
        Assert.Equal(HeartbeatOutcome.CancelRequested, await Store.BeatAsync(job));
        Assert.True(await Store.ConfirmCancelledAsync(id, job.Attempt, default));

        Assert.Equal(JobState.Cancelled, (await Store.StatusAsync(id)).State);
    }

    [Fact]
    public async Task A_job_that_was_to_be_cancelled_never_goes_back_to_the_queue()
    {
        Func<Job, Task>[] ways =
        [
            job => Store.ReleaseAsync(job.Id, job.Attempt, default),
            job => Store.FailAsync(job.Id, job.Attempt, new JobFailure(JobFailureKind.EngineFault, "Killed.", CanRetry: true), default),
            _ =>
            {
                Clock.Advance(TimeSpan.FromMinutes(2));
                return Store.ReapAsync(default);
            },
        ];
        foreach (var way in ways)
        {
            var id = await Store.SubmitAsync();
            var job = await Store.ClaimAsync();
            await Store.RequestCancelAsync(id, default);
            await way(job);
            Assert.Equal(JobState.Cancelled, (await Store.StatusAsync(id)).State);
        }
    }

    [Fact]
    public async Task Cancel_against_claim_has_one_outcome()
    {
        for (int round = 0; round < 30; round++)
        {
            var id = await Store.SubmitAsync();
            var claim = Task.Run(() => Store.TryClaimAsync("worker", TimeSpan.FromMinutes(1), default));
            var cancel = Task.Run(() => Store.RequestCancelAsync(id, default));

            Assert.Equal(CancelOutcome.Requested, await cancel);
            var status = await Store.StatusAsync(id);
            if (await claim is { } job)
            {
                Assert.Equal((JobState.Running, true), (status.State, status.CancelRequested));
                Assert.True(await Store.ConfirmCancelledAsync(id, job.Attempt, default));
            }

            Assert.Equal(JobState.Cancelled, (await Store.StatusAsync(id)).State);
        }
    }

    [Fact]
    public async Task Cancel_against_complete_has_one_outcome()
    {
        for (int round = 0; round < 30; round++)
        {
            var id = await Store.SubmitAsync();
            var job = await Store.ClaimAsync();
            var complete = Task.Run(() => Store.FinishAsync(job));
            var cancel = Task.Run(() => Store.RequestCancelAsync(id, default));

            Assert.True(await complete);
            Assert.Contains(await cancel, new[] { CancelOutcome.Requested, CancelOutcome.AlreadyEnded });
            Assert.Equal(JobState.Completed, (await Store.StatusAsync(id)).State);
        }
    }

    [Fact]
    public async Task An_ended_job_never_changes_again()
    {
        var done = await Store.SubmitAsync();
        var doneJob = await Store.ClaimAsync();
        await Store.FinishAsync(doneJob);
        var cancelled = await Store.SubmitAsync();
        var cancelledJob = await Store.ClaimAsync();
        await Store.RequestCancelAsync(cancelled, default);
        await Store.ConfirmCancelledAsync(cancelled, cancelledJob.Attempt, default);

        foreach (var job in new[] { doneJob, cancelledJob })
        {
            await AssertRefusedAsync(job);
            long version = (await Store.StatusAsync(job.Id)).Version;
            Assert.Equal(CancelOutcome.AlreadyEnded, await Store.RequestCancelAsync(job.Id, default));
            Clock.Advance(TimeSpan.FromDays(1));
            await Store.ReapAsync(default);
            Assert.Equal(version, (await Store.StatusAsync(job.Id)).Version);
        }
    }
}
