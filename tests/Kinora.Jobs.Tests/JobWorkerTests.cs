using System.Diagnostics;
using Kinora.Jobs.Limits;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinora.Jobs.Tests;

/// <summary>What a worker does, on each database.</summary>
public abstract class JobWorkerTests(TestStore kind) : IAsyncLifetime
{
    private static readonly JobWorkerOptions s_quick = new()
    {
        Lease = TimeSpan.FromMilliseconds(600),
        Heartbeat = TimeSpan.FromMilliseconds(100),
        ReportDelay = TimeSpan.FromMilliseconds(10),
        ShutdownGrace = TimeSpan.FromSeconds(20),
    };

    private OpenStore _open = null!;
    private readonly JobMetrics _metrics = new();
    private readonly List<JobWorker> _workers = [];

    private IJobStore Store => _open.Jobs;

    public async ValueTask InitializeAsync() => _open = await OpenStore.CreateAsync(kind);

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.StopAsync(default);
            worker.Dispose();
        }

        await _open.DisposeAsync();
        _metrics.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_job_is_run_and_its_output_stored()
    {
        await StartAsync((context, _) => Completed($"\"{context.Job.Input}\""));
        var id = await Store.SubmitAsync(NewJobs.Create("7"));

        var job = await EndOfAsync(id);

        Assert.Equal((JobState.Completed, "\"7\"", 5m, 1), (job.State, job.Output, job.BillableUnits, job.Attempt));
    }

    [Fact]
    public async Task Progress_and_log_lines_are_seen_while_the_job_runs_and_none_is_lost_at_its_end()
    {
        var finish = new TaskCompletionSource();
        await StartAsync(async (context, _) =>
        {
            context.Report(new JobProgress("rendering", 0.25));
            context.Log(JobLogLevel.Info, "first");
            await finish.Task;
            context.Log(JobLogLevel.Warning, "last");
            return await Completed();
        });
        var id = await Store.SubmitAsync();

        await Poll.Until(async () => (await Store.StatusAsync(id)).Progress == new JobProgress("rendering", 0.25));
        await Poll.Until(async () => (await Store.ReadLogAsync(id, 0, default)).Count == 1);
        Assert.Equal(JobState.Running, (await Store.StatusAsync(id)).State);
        finish.SetResult();
        await EndOfAsync(id);

        Assert.Equal([(JobLogLevel.Info, "first"), (JobLogLevel.Warning, "last")], (await Store.ReadLogAsync(id, 0, default)).Select(line => (line.Level, line.Message)));
    }

    [Fact]
    public async Task A_cancel_reaches_the_handler_at_once_and_the_job_is_cancelled_when_it_has_let_go()
    {
        var stopped = new TaskCompletionSource<long>();
        var letGo = new TaskCompletionSource();
        // Beats are rare here: what is quick must be the signal, not the heartbeat.
        await StartAsync(
            async (_, token) =>
            {
                await using var registration = token.Register(() => stopped.TrySetResult(Stopwatch.GetTimestamp()));
                await letGo.Task;
                token.ThrowIfCancellationRequested();
                return await Completed();
            },
            new JobWorkerOptions());
        var id = await Store.SubmitAsync();
        await Poll.Until(async () => (await Store.StatusAsync(id)).State == JobState.Running);

        long start = Stopwatch.GetTimestamp();
        await Store.RequestCancelAsync(id, default);
        var delay = Stopwatch.GetElapsedTime(start, await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10)));

        // 100 ms are promised; a busy test machine gets more.
        Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(JobState.Running, (await Store.StatusAsync(id)).State);
        letGo.SetResult();
        Assert.Equal(JobState.Cancelled, (await EndOfAsync(id)).State);
    }

    [Fact]
    public async Task A_handler_that_fails_because_it_was_cancelled_counts_as_cancelled()
    {
        await StartAsync(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new InvalidOperationException("The child process was killed.");
        });
        var id = await Store.SubmitAsync();
        await Poll.Until(async () => (await Store.StatusAsync(id)).State == JobState.Running);
        await Store.RequestCancelAsync(id, default);

        Assert.Equal(JobState.Cancelled, (await EndOfAsync(id)).State);
    }

    [Fact]
    public async Task An_exception_is_retried_and_then_an_engine_fault_that_tells_no_secrets()
    {
        int runs = 0;
        await StartAsync((_, _) =>
        {
            Interlocked.Increment(ref runs);
            throw new InvalidOperationException("password at /home/me");
        });
        var job = await EndOfAsync(await Store.SubmitAsync());

        Assert.Equal((JobState.Failed, JobFailureKind.EngineFault, true, 3), (job.State, job.Failure!.Kind, job.Failure.CanRetry, runs));
        Assert.DoesNotContain("password", job.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_and_disk_that_ran_out_are_named_as_such_and_the_next_job_runs()
    {
        await StartAsync((context, _) => context.Job.Input switch
        {
            "memory" => throw new InsufficientMemoryException(),
            "disk" => throw new IOException("No space left on device", 28),
            _ => Completed(),
        });
        var memory = await Store.SubmitAsync(NewJobs.Create("memory") with { MaxAttempts = 1 });
        var disk = await Store.SubmitAsync(NewJobs.Create("disk") with { MaxAttempts = 1 });
        var next = await Store.SubmitAsync();

        Assert.Equal(JobFailureKind.OutOfResources, (await EndOfAsync(memory)).Failure?.Kind);
        Assert.Equal(JobFailureKind.OutOfResources, (await EndOfAsync(disk)).Failure?.Kind);
        Assert.Equal(JobState.Completed, (await EndOfAsync(next)).State);
    }

    [Fact]
    public async Task A_failure_that_the_handler_returns_is_stored_as_it_is()
    {
        var failure = new JobFailure(JobFailureKind.InvalidInput, "Too small.", CanRetry: false, "[]");
        await StartAsync((_, _) => Task.FromResult<JobOutcome>(new JobOutcome.Failed(failure)));
        var job = await EndOfAsync(await Store.SubmitAsync());

        Assert.Equal((JobState.Failed, failure, 1), (job.State, job.Failure, job.Attempt));
    }

    [Fact]
    public async Task A_job_much_longer_than_its_lease_runs_once_even_if_it_never_yields()
    {
        int runs = 0;
        using var reaping = new CancellationTokenSource();
        var reaper = ReapAsync(reaping.Token);
        await StartAsync((_, _) =>
        {
            Interlocked.Increment(ref runs);
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < 4 * s_quick.Lease)
                Thread.SpinWait(1_000);
            return Completed();
        });
        var job = await EndOfAsync(await Store.SubmitAsync());

        await reaping.CancelAsync();
        await reaper;
        Assert.Equal((JobState.Completed, 1, 1), (job.State, job.Attempt, runs));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_stops_and_leaves_neither_result_nor_blob()
    {
        string blob = await _open.PutBlobAsync();
        var heirMayFinish = new TaskCompletionSource();
        await StartAsync(
            async (context, token) =>
            {
                if (context.Job.Attempt > 1)
                {
                    await heirMayFinish.Task;
                    return await Completed("\"heir\"");
                }

                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return new JobOutcome.Completed("\"zombie\"", 1, [blob]);
            },
            s_quick with { Slots = 2 });
        var id = await Store.SubmitAsync();
        await Poll.Until(async () => (await Store.StatusAsync(id)).State == JobState.Running);
        await _open.ExpireLeasesAsync();
        await Store.ReapAsync(default);

        await Poll.Until(async () => await _open.Blobs.TryOpenAsync(blob, default) is null);
        heirMayFinish.SetResult();
        var job = await EndOfAsync(id);
        Assert.Equal(("\"heir\"", 2), (job.Output, job.Attempt));
    }

    [Fact]
    public async Task A_job_that_runs_too_long_fails_for_good()
    {
        await StartAsync(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return await Completed();
            },
            s_quick with { RunTimeout = TimeSpan.FromMilliseconds(100) });
        var job = await EndOfAsync(await Store.SubmitAsync());

        Assert.Equal((JobState.Failed, JobFailureKind.RunTimeout, 1), (job.State, job.Failure?.Kind, job.Attempt));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_worker_whose_clock_is_minutes_wrong_keeps_its_lease_and_no_longer_than_others(int minutes)
    {
        using var reaping = new CancellationTokenSource();
        var reaper = ReapAsync(reaping.Token);
        var finish = new TaskCompletionSource();
        await StartAsync(
            async (context, _) =>
            {
                context.Log(JobLogLevel.Info, "from a machine whose clock is wrong");
                await finish.Task;
                return await Completed();
            },
            time: new WrongClock(TimeSpan.FromMinutes(minutes)));
        var id = await Store.SubmitAsync();
        await Task.Delay(3 * s_quick.Lease, TestContext.Current.CancellationToken);
        Assert.Null(await Store.TryClaimAsync("another", s_quick.Lease, default));
        finish.SetResult();

        var job = await EndOfAsync(id);
        Assert.Equal((JobState.Completed, 1), (job.State, job.Attempt));
        Assert.InRange(job.EndedAt!.Value - job.CreatedAt, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await reaping.CancelAsync();
        await reaper;
    }

    [Fact]
    public async Task Stopping_lets_a_short_job_finish_however_often_it_is_asked()
    {
        var finish = new TaskCompletionSource();
        var worker = await StartAsync(async (_, _) =>
        {
            await finish.Task;
            return await Completed();
        });
        var id = await Store.SubmitAsync();
        await Poll.Until(() => worker.RunningCount == 1);

        var stops = Enumerable.Range(0, 5).Select(_ => worker.StopAsync(default)).ToList();
        var late = await Store.SubmitAsync();
        finish.SetResult();
        await Task.WhenAll(stops);

        Assert.Equal(JobState.Completed, (await Store.StatusAsync(id)).State);
        Assert.Equal(JobState.Queued, (await Store.StatusAsync(late)).State);
    }

    [Fact]
    public async Task Stopping_past_the_grace_gives_the_job_back_without_costing_an_attempt()
    {
        var worker = await StartAsync(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return await Completed();
            },
            s_quick with { ShutdownGrace = TimeSpan.FromMilliseconds(50) });
        var id = await Store.SubmitAsync(NewJobs.Create() with { MaxAttempts = 1 });
        await Poll.Until(() => worker.RunningCount == 1);
        await worker.StopAsync(default);

        Assert.Equal(JobState.Queued, (await Store.StatusAsync(id)).State);
        await StartAsync((_, _) => Completed());
        Assert.Equal(JobState.Completed, (await EndOfAsync(id)).State);
    }

    [Fact]
    public async Task A_paused_start_runs_nothing_until_it_is_resumed()
    {
        await new PauseAtStart(_open.Limits, NullLogger<PauseAtStart>.Instance).StartAsync(default);
        await StartAsync((_, _) => Completed());
        var id = await Store.SubmitAsync();
        await Store.WaitForChangeAsync(id, 1, TimeSpan.FromMilliseconds(300), default);
        Assert.Equal(JobState.Queued, (await Store.StatusAsync(id)).State);

        await _open.Limits.RemoveAsync(QueueLimitKind.Queue, "", default);
        Assert.Equal(JobState.Completed, (await EndOfAsync(id)).State);
    }

    [Fact]
    public async Task A_draining_worker_finishes_what_it_runs_and_claims_nothing_until_it_may_go_on()
    {
        var finish = new TaskCompletionSource();
        var worker = await StartAsync(async (_, _) =>
        {
            await finish.Task;
            return await Completed();
        });
        var running = await Store.SubmitAsync();
        await Poll.Until(() => worker.RunningCount == 1);

        worker.IsDraining = true;
        var waiting = await Store.SubmitAsync();
        finish.SetResult();
        await EndOfAsync(running);
        await Store.WaitForChangeAsync(waiting, 1, TimeSpan.FromMilliseconds(300), default);
        Assert.Equal((JobState.Queued, true), ((await Store.StatusAsync(waiting)).State, worker.IsDraining));

        worker.IsDraining = false;
        Assert.Equal(JobState.Completed, (await EndOfAsync(waiting)).State);
    }

    [Fact]
    public async Task A_worker_runs_as_many_jobs_at_once_as_it_has_slots()
    {
        var both = new TaskCompletionSource();
        int running = 0;
        await StartAsync(
            async (_, _) =>
            {
                if (Interlocked.Increment(ref running) == 2)
                    both.SetResult();
                await both.Task;
                return await Completed();
            },
            s_quick with { Slots = 2 });
        var first = await Store.SubmitAsync();
        var second = await Store.SubmitAsync();

        Assert.Equal((JobState.Completed, JobState.Completed), ((await EndOfAsync(first)).State, (await EndOfAsync(second)).State));
    }

    [Fact]
    public async Task A_store_that_goes_away_during_claim_beat_and_completion_costs_no_job_and_makes_no_duplicate()
    {
        var (store, faults) = FaultyJobStore.Wrap(Store);
        int runs = 0, failures = 0;
        faults.IsDown = call => call is nameof(IJobStore.HeartbeatAsync) or nameof(IJobStore.CompleteAsync) && Interlocked.Increment(ref failures) <= 4;
        await StartAsync(
            async (context, _) =>
            {
                Interlocked.Increment(ref runs);
                context.Report(new JobProgress("rendering", 0.5));
                await Poll.Until(() => Volatile.Read(ref failures) >= 2);
                return await Completed();
            },
            new JobWorkerOptions { Heartbeat = TimeSpan.FromMilliseconds(100), ReportDelay = TimeSpan.FromMilliseconds(10) }, store);
        var job = await EndOfAsync(await Store.SubmitAsync());

        Assert.Equal((JobState.Completed, 1, 1), (job.State, job.Attempt, runs));
        Assert.True(failures >= 4);
    }

    [Fact]
    public async Task A_completion_whose_answer_was_lost_keeps_its_blobs()
    {
        string blob = await _open.PutBlobAsync();
        var (store, faults) = FaultyJobStore.Wrap(Store);
        int completions = 0;
        faults.LosesAnswer = call => call == nameof(IJobStore.CompleteAsync) && Interlocked.Increment(ref completions) == 1;
        var worker = await StartAsync((_, _) => Task.FromResult<JobOutcome>(new JobOutcome.Completed("{}", 1, [blob])), s_quick, store);
        await EndOfAsync(await Store.SubmitAsync());
        await Poll.Until(() => worker.RunningCount == 0);

        Assert.Equal(2, completions);
        await using var content = await _open.Blobs.TryOpenAsync(blob, default);
        Assert.NotNull(content);
    }

    private static Task<JobOutcome> Completed(string output = "{}") => Task.FromResult<JobOutcome>(new JobOutcome.Completed(output, 5m, []));

    private async Task<JobWorker> StartAsync(JobHandler handler, JobWorkerOptions? options = null, IJobStore? store = null, TimeProvider? time = null)
    {
        var worker = new JobWorker(
            store ?? Store, _open.Blobs, handler, options ?? s_quick, _metrics, time ?? TimeProvider.System, NullLogger<JobWorker>.Instance);
        _workers.Add(worker);
        await worker.StartAsync(default);
        return worker;
    }

    private async Task<Job> EndOfAsync(Guid id)
    {
        await Poll.Until(async () => (await Store.StatusAsync(id)).State >= JobState.Completed);
        return await Store.GetAsync(id);
    }

    private async Task ReapAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Store.ReapAsync(default);
            await Task.Delay(50, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class WrongClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
