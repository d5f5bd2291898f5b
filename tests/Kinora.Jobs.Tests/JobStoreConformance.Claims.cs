using System.Collections.Concurrent;

namespace Kinora.Jobs.Tests;

public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task A_thousand_jobs_are_claimed_once_each_by_fifty_workers()
    {
        var other = await OpenAgainAsync(Clock);
        var ids = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Store.SubmitAsync()));
        var claimed = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(worker => Task.Run(async () =>
        {
            var store = worker % 5 == 0 ? other : Store;
            while (await store.TryClaimAsync($"worker {worker}", TimeSpan.FromMinutes(1), default) is { } job)
            {
                claimed.Add(job.Id);
                Assert.True(await store.FinishAsync(job));
            }
        })));

        Assert.Equal(ids.Order(), claimed.Order());
        Assert.Equal(0, await Store.CountQueuedAsync(null, default));
    }

    [Fact]
    public async Task Claims_go_by_priority_and_then_by_age()
    {
        var low = await Store.SubmitAsync(NewJobs.Create() with { Priority = JobPriority.Low });
        var first = await Store.SubmitAsync();
        var second = await Store.SubmitAsync();

        Assert.Equal([first, second, low], [(await Store.ClaimAsync()).Id, (await Store.ClaimAsync()).Id, (await Store.ClaimAsync()).Id]);
        Assert.Null(await Store.TryClaimAsync("worker", TimeSpan.FromMinutes(1), default));
    }

    [Fact]
    public async Task A_claim_starts_the_attempt_and_hands_over_the_input()
    {
        await Store.SubmitAsync(NewJobs.Create("""{"a":1}"""));
        Clock.Advance(TimeSpan.FromSeconds(3));

        var job = await Store.ClaimAsync();

        Assert.Equal((JobState.Running, 1, Clock.GetUtcNow(), """{"a":1}"""), (job.State, job.Attempt, job.StartedAt, job.Input));
    }

    [Fact]
    public async Task A_lease_ends_exactly_when_it_says()
    {
        var id = await Store.SubmitAsync();
        await Store.ClaimAsync(TimeSpan.FromSeconds(10));

        Clock.Advance(TimeSpan.FromMilliseconds(9_999));
        Assert.Equal(0, await Store.ReapAsync(default));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await Store.ReapAsync(default));
        Assert.Equal(JobState.Queued, (await Store.StatusAsync(id)).State);
    }

    [Fact]
    public async Task A_job_ten_leases_long_with_a_live_heartbeat_is_never_taken_away()
    {
        await Store.SubmitAsync();
        var job = await Store.ClaimAsync(TimeSpan.FromSeconds(10));

        for (int i = 0; i < 20; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(HeartbeatOutcome.Renewed, await Store.BeatAsync(job, TimeSpan.FromSeconds(10)));
            Assert.Equal(0, await Store.ReapAsync(default));
            Assert.Null(await Store.TryClaimAsync("other", TimeSpan.FromSeconds(10), default));
        }
    }

    [Fact]
    public async Task A_zombie_can_neither_write_nor_end_what_another_attempt_runs()
    {
        var id = await Store.SubmitAsync();
        var zombie = await Store.ClaimAsync(TimeSpan.FromSeconds(10));
        Clock.Advance(TimeSpan.FromSeconds(11));
        await Store.ReapAsync(default);
        var heir = await Store.ClaimAsync();
        Assert.Equal(2, heir.Attempt);

        await AssertRefusedAsync(zombie);
        Assert.Equal(JobState.Running, (await Store.StatusAsync(id)).State);
        Assert.True(await Store.FinishAsync(heir, "\"heir\""));
        await AssertRefusedAsync(zombie);
        Assert.Equal("\"heir\"", (await Store.GetAsync(id)).Output);
    }

    [Fact]
    public async Task A_zombie_is_refused_even_after_its_attempt_was_given_back()
    {
        var id = await Store.SubmitAsync();
        var zombie = await Store.ClaimAsync();
        await Store.ReleaseAsync(id, zombie.Attempt, default);
        await Store.ClaimAsync();

        await AssertRefusedAsync(zombie);
    }

    [Fact]
    public async Task Giving_a_job_back_costs_no_attempt_and_no_place_in_the_queue()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { MaxAttempts = 2 });
        await Store.SubmitAsync();
        for (int i = 0; i < 5; i++)
        {
            var job = await Store.ClaimAsync();
            Assert.Equal(id, job.Id);
            Assert.True(await Store.ReleaseAsync(id, job.Attempt, default));
        }

        var failure = new JobFailure(JobFailureKind.EngineFault, "Broken.", CanRetry: true);
        await Store.FailAsync(id, (await Store.ClaimAsync()).Attempt, failure, default);
        Assert.Equal(JobState.Queued, (await Store.StatusAsync(id)).State);
        await Store.FailAsync(id, (await Store.ClaimAsync()).Attempt, failure, default);
        Assert.Equal(JobState.Failed, (await Store.StatusAsync(id)).State);
    }

    [Fact]
    public async Task A_failure_that_can_be_retried_is_retried_while_attempts_are_left()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { MaxAttempts = 2 });
        var failure = new JobFailure(JobFailureKind.EngineFault, "Broken.", CanRetry: true);

        await Store.FailAsync(id, (await Store.ClaimAsync()).Attempt, failure, default);
        Assert.Equal((JobState.Queued, null), ((await Store.StatusAsync(id)).State, (await Store.StatusAsync(id)).Failure));
        await Store.FailAsync(id, (await Store.ClaimAsync()).Attempt, failure, default);
        Assert.Equal((JobState.Failed, failure), ((await Store.StatusAsync(id)).State, (await Store.StatusAsync(id)).Failure));
    }

    [Fact]
    public async Task A_job_that_kills_its_worker_is_quarantined_and_others_proceed()
    {
        var poison = await Store.SubmitAsync();
        var innocent = await Store.SubmitAsync();
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal((poison, attempt), ((await Store.ClaimAsync()).Id, attempt));
            Clock.Advance(TimeSpan.FromMinutes(2));
            await Store.ReapAsync(default);
        }

        var status = await Store.StatusAsync(poison);
        Assert.Equal((JobState.Failed, JobFailureKind.WorkerLost), (status.State, status.Failure!.Kind));
        Assert.Contains("3 attempts", status.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(innocent, (await Store.ClaimAsync()).Id);
    }

    [Fact]
    public async Task A_job_that_does_not_start_in_time_fails_and_is_not_started_late()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { StartTimeout = TimeSpan.FromSeconds(30) });
        Clock.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.Equal(0, await Store.ReapAsync(default));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await Store.TryClaimAsync("worker", TimeSpan.FromMinutes(1), default));
        Assert.Equal(1, await Store.ReapAsync(default));
        var status = await Store.StatusAsync(id);
        Assert.Equal((JobState.Failed, JobFailureKind.StartTimeout, null), (status.State, status.Failure?.Kind, status.RunTime));
    }

    [Fact]
    public async Task A_job_that_was_started_in_time_may_be_started_again_later()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { StartTimeout = TimeSpan.FromSeconds(30) });
        await Store.ClaimAsync(TimeSpan.FromSeconds(60));
        Clock.Advance(TimeSpan.FromSeconds(61));
        await Store.ReapAsync(default);

        Assert.Equal(id, (await Store.ClaimAsync()).Id);
    }

    [Fact]
    public async Task A_job_tied_to_a_connection_fails_when_its_worker_is_lost_instead_of_running_again()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { TiedToConnection = true });
        await Store.ClaimAsync(TimeSpan.FromSeconds(10));
        Clock.Advance(TimeSpan.FromSeconds(10));
        await Store.ReapAsync(default);

        Assert.Equal((JobState.Failed, JobFailureKind.WorkerLost), ((await Store.StatusAsync(id)).State, (await Store.StatusAsync(id)).Failure?.Kind));
    }

    [Fact]
    public async Task A_queued_job_tied_to_a_process_that_is_gone_is_cancelled_and_never_run()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { TiedToConnection = true });
        var restarted = await OpenAgainAsync(Clock);

        Clock.Advance(TimeSpan.FromSeconds(20));
        await Store.ReapAsync(default);
        Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(0, await restarted.ReapAsync(default));
        Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(await restarted.TryClaimAsync("worker", TimeSpan.FromMinutes(1), default));
        Assert.Equal(1, await restarted.ReapAsync(default));
        Assert.Equal(JobState.Cancelled, (await restarted.StatusAsync(id)).State);
    }

    [Fact]
    public async Task A_job_tied_to_a_living_process_may_be_run_by_any_worker()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { TiedToConnection = true });
        var worker = await OpenAgainAsync(Clock);

        Assert.Equal(id, (await worker.ClaimAsync()).Id);
    }

    [Fact]
    public async Task A_running_job_tied_to_a_process_that_is_gone_is_asked_to_stop()
    {
        await Store.SubmitAsync(NewJobs.Create() with { TiedToConnection = true });
        var worker = await OpenAgainAsync(Clock);
        var job = await worker.ClaimAsync(TimeSpan.FromMinutes(5));
        Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await worker.ReapAsync(default));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await worker.ReapAsync(default));

        Assert.Equal(HeartbeatOutcome.CancelRequested, await worker.BeatAsync(job));
    }

    [Fact]
    public async Task A_tied_job_that_is_retried_after_a_long_run_is_still_tied_to_its_living_process()
    {
        var restarted = await OpenAgainAsync(Clock);
        var id = await Store.SubmitAsync(NewJobs.Create() with { TiedToConnection = true });
        var job = await Store.ClaimAsync(TimeSpan.FromMinutes(10));
        for (int i = 0; i < 12; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await Store.ReapAsync(default);
        }

        await Store.FailAsync(id, job.Attempt, new JobFailure(JobFailureKind.EngineFault, "Broken.", CanRetry: true), default);
        Assert.Equal(0, await restarted.ReapAsync(default));
        Assert.Equal(2, (await Store.ClaimAsync()).Attempt);
    }

    [Fact]
    public async Task A_tied_job_that_is_given_back_ends_as_cancelled()
    {
        var id = await Store.SubmitAsync(NewJobs.Create() with { TiedToConnection = true });
        Assert.True(await Store.ReleaseAsync(id, (await Store.ClaimAsync()).Attempt, default));

        Assert.Equal(JobState.Cancelled, (await Store.StatusAsync(id)).State);
    }

    private async Task AssertRefusedAsync(Job zombie)
    {
        var before = await Store.GetAsync(zombie.Id);
        Assert.Equal(HeartbeatOutcome.LeaseLost, await Store.BeatAsync(zombie, progress: new JobProgress("zombie", 1), lines: "zombie"));
        Assert.False(await Store.FinishAsync(zombie, "\"zombie\"", "zombie blob"));
        Assert.False(await Store.FailAsync(zombie.Id, zombie.Attempt, new JobFailure(JobFailureKind.EngineFault, "Zombie.", true), default));
        Assert.False(await Store.ConfirmCancelledAsync(zombie.Id, zombie.Attempt, default));
        Assert.False(await Store.ReleaseAsync(zombie.Id, zombie.Attempt, default));
        Assert.Equal(before, await Store.GetAsync(zombie.Id));
        Assert.DoesNotContain(await Store.ReadLogAsync(zombie.Id, 0, default), line => line.Message == "zombie");
    }
}
