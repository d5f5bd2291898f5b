using Kinora.Jobs.Limits;

namespace Kinora.Jobs.Tests;

/// <summary>What every <see cref="IJobStore"/> promises. Inherit it for each database; the other parts of this class are in the files beside it.</summary>
public abstract partial class JobStoreConformance : IAsyncLifetime
{
    private protected SettableClock Clock { get; } = new();

    private protected IJobStore Store { get; private set; } = null!;

    /// <summary>The limits that <see cref="Store"/> heeds.</summary>
    private protected abstract IQueueLimitStore Limits { get; }

    /// <summary>Opens an empty store.</summary>
    private protected abstract Task<IJobStore> CreateStoreAsync(TimeProvider time);

    /// <summary>Opens the same store once more, as another process would.</summary>
    private protected abstract Task<IJobStore> OpenAgainAsync(TimeProvider time);

    public async ValueTask InitializeAsync() => Store = await CreateStoreAsync(Clock);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_submitted_job_is_found_as_it_was_given()
    {
        var given = NewJobs.Create("""{"prompt":"Ein Bär — 🐻"}""") with { Priority = JobPriority.Low, MaxAttempts = 2 };
        await Store.SubmitAsync(given);

        var job = await Store.GetAsync(given.Id);

        Assert.Equal(
            new Job
            {
                Id = given.Id,
                Owner = "alice",
                Endpoint = "fal-ai/some/endpoint",
                Input = given.Input,
                State = JobState.Queued,
                Priority = JobPriority.Low,
                MaxAttempts = 2,
                CreatedAt = Clock.GetUtcNow(),
            },
            job);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found_by_any_call()
    {
        var id = Guid.NewGuid();

        Assert.Null(await Store.FindAsync(id, default));
        Assert.Null(await Store.FindStatusAsync(id, default));
        Assert.Empty(await Store.ReadLogAsync(id, 0, default));
        Assert.Equal(CancelOutcome.NotFound, await Store.RequestCancelAsync(id, default));
        Assert.False(await Store.CompleteAsync(id, 1, "{}", 0, [], default));
        await Store.WaitForChangeAsync(id, 0, TimeSpan.FromSeconds(30), default).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_completed_job_carries_its_output_units_and_run_time()
    {
        var id = await Store.SubmitAsync();
        var running = await Store.ClaimAsync();
        Clock.Advance(TimeSpan.FromMilliseconds(1_234));

        Assert.True(await Store.CompleteAsync(id, running.Attempt, """{"video":"v"}""", 12.5m, [], default));

        var job = await Store.GetAsync(id);
        Assert.Equal((JobState.Completed, """{"video":"v"}""", 12.5m), (job.State, job.Output, job.BillableUnits));
        Assert.Equal(Clock.GetUtcNow(), job.EndedAt);
        Assert.Equal(TimeSpan.FromMilliseconds(1_234), (await Store.StatusAsync(id)).RunTime);
    }

    [Fact]
    public async Task A_failed_job_carries_its_failure()
    {
        var id = await Store.SubmitAsync();
        var running = await Store.ClaimAsync();
        var failure = new JobFailure(JobFailureKind.InvalidInput, "The picture is too small.", CanRetry: false, """[{"loc":["body"]}]""");

        Assert.True(await Store.FailAsync(id, running.Attempt, failure, default));

        Assert.Equal((JobState.Failed, failure), ((await Store.GetAsync(id)).State, (await Store.GetAsync(id)).Failure));
        Assert.Equal(failure, (await Store.StatusAsync(id)).Failure);
    }

    [Fact]
    public async Task Everything_is_still_there_when_the_store_is_opened_again()
    {
        var id = await Store.SubmitAsync();
        var running = await Store.ClaimAsync();
        await Store.BeatAsync(running, progress: new JobProgress("rendering", 0.5), lines: "half");

        var again = await OpenAgainAsync(Clock);

        Assert.Equal(await Store.GetAsync(id), await again.GetAsync(id));
        Assert.Equal("half", Assert.Single(await again.ReadLogAsync(id, 0, default)).Message);
    }

    [Fact]
    public async Task Queue_positions_count_the_jobs_ahead_and_those_of_higher_priority_first()
    {
        var low = await Store.SubmitAsync(NewJobs.Create() with { Priority = JobPriority.Low });
        var ids = new List<Guid>();
        for (int i = 0; i < 600; i++)
            ids.Add(await Store.SubmitAsync());

        Assert.Equal(600, (await Store.StatusAsync(low)).QueuePosition);
        Assert.Equal(599, (await Store.StatusAsync(ids[^1])).QueuePosition);
        await Store.RequestCancelAsync(ids[300], default);
        await Store.ClaimAsync();
        Assert.Equal([0, 298, 299, 597], await Task.WhenAll(new[] { 1, 299, 301, 599 }.Select(async i => (await Store.StatusAsync(ids[i])).QueuePosition)));
        Assert.Null((await Store.StatusAsync(ids[0])).QueuePosition);
        Assert.Equal((599, 599, 0), (await Store.CountQueuedAsync(null, default), await Store.CountQueuedAsync("alice", default), await Store.CountQueuedAsync("bob", default)));
    }

    [Fact]
    public async Task An_accepted_submit_says_how_many_are_ahead()
    {
        for (int ahead = 0; ahead < 3; ahead++)
            Assert.Equal(ahead, Assert.IsType<EnqueueOutcome.Accepted>(await Store.EnqueueAsync(NewJobs.Create(), default)).QueuePosition);
    }

    [Fact]
    public async Task Progress_is_kept_and_never_falls_within_an_attempt()
    {
        var id = await Store.SubmitAsync();
        var first = await Store.ClaimAsync();
        Assert.Null((await Store.StatusAsync(id)).Progress);

        await Store.BeatAsync(first, progress: new JobProgress("rendering", 0.6));
        await Store.BeatAsync(first, progress: new JobProgress("encoding", 0.2));
        await Store.BeatAsync(first);
        Assert.Equal(new JobProgress("encoding", 0.6), (await Store.StatusAsync(id)).Progress);

        await Store.ReleaseAsync(id, first.Attempt, default);
        Assert.Null((await Store.StatusAsync(id)).Progress);
        var second = await Store.ClaimAsync();
        await Store.BeatAsync(second, progress: new JobProgress("rendering", double.NaN));
        Assert.Equal(new JobProgress("rendering", 0), (await Store.StatusAsync(id)).Progress);
    }

    [Fact]
    public async Task Log_lines_are_numbered_from_one_over_all_attempts_and_kept_to_one_line()
    {
        var id = await Store.SubmitAsync();
        var first = await Store.ClaimAsync();
        await Store.BeatAsync(first, lines: ["one", "two\nlines", new string('x', 5_000)]);
        await Store.ReleaseAsync(id, first.Attempt, default);
        await Store.BeatAsync(await Store.ClaimAsync(), lines: "four");

        var log = await Store.ReadLogAsync(id, 0, default);

        Assert.Equal([(1L, "one"), (2L, "two lines"), (3L, new string('x', 4_096)), (4L, "four")], log.Select(line => (line.Sequence, line.Message)));
        Assert.Equal([4L], (await Store.ReadLogAsync(id, 3, default)).Select(line => line.Sequence));
    }

    [Fact]
    public async Task A_log_without_end_stops_at_ten_thousand_lines()
    {
        var id = await Store.SubmitAsync();
        var job = await Store.ClaimAsync();
        await Store.BeatAsync(job, lines: [.. Enumerable.Repeat("line", 9_999)]);
        await Store.BeatAsync(job, lines: ["last", "one too many"]);
        await Store.BeatAsync(job, lines: ["another"]);

        var log = await Store.ReadLogAsync(id, 9_990, default);

        Assert.Equal((10_000, "last"), (log[^1].Sequence, log[^1].Message));
    }

    [Fact]
    public async Task A_watcher_wakes_for_every_change_it_would_want_to_see()
    {
        var id = await Store.SubmitAsync();
        Job? job = null;
        Func<Task>[] changes =
        [
            async () => job = await Store.ClaimAsync(),
            () => Store.BeatAsync(job!, progress: new JobProgress("rendering", 0.1)),
            () => Store.BeatAsync(job!, lines: "a line"),
            () => Store.RequestCancelAsync(id, default),
            () => Store.ConfirmCancelledAsync(id, job!.Attempt, default),
        ];
        foreach (var change in changes)
        {
            long seen = (await Store.StatusAsync(id)).Version;
            var wait = Store.WaitForChangeAsync(id, seen, TimeSpan.FromMinutes(1), default);
            Assert.False(wait.IsCompleted);
            await change();
            await wait.WaitAsync(TimeSpan.FromMilliseconds(400));
            Assert.True((await Store.StatusAsync(id)).Version > seen);
        }
    }

    [Fact]
    public async Task A_watcher_sees_changes_of_another_process_within_a_second()
    {
        var other = await OpenAgainAsync(Clock);
        var id = await Store.SubmitAsync();
        var change = Store.WaitForChangeAsync(id, (await Store.StatusAsync(id)).Version, TimeSpan.FromMinutes(1), default);
        await other.ClaimAsync();
        await change.WaitAsync(TimeSpan.FromSeconds(2));

        var queued = Store.WaitForQueuedAsync(null, TimeSpan.FromMinutes(1), default);
        Assert.False(queued.IsCompleted);
        await other.SubmitAsync();
        await queued.WaitAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_wait_without_news_ends_in_time_and_when_it_is_cancelled()
    {
        var id = await Store.SubmitAsync();
        await Store.ClaimAsync();
        long version = (await Store.StatusAsync(id)).Version;

        await Store.WaitForChangeAsync(id, version, TimeSpan.FromMilliseconds(50), default).WaitAsync(TimeSpan.FromSeconds(5));
        await Store.WaitForQueuedAsync(null, TimeSpan.FromMilliseconds(50), default).WaitAsync(TimeSpan.FromSeconds(5));
        using var cancel = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WaitForChangeAsync(id, version, TimeSpan.FromMinutes(1), cancel.Token));
    }
}
