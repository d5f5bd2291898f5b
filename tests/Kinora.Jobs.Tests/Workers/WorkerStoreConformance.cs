using System.Diagnostics;
using Kinora.Jobs.Workers;

namespace Kinora.Jobs.Tests.Workers;

/// <summary>What every <see cref="IWorkerStore"/> promises. Inherit it for each database.</summary>
public abstract class WorkerStoreConformance : IAsyncLifetime
{
    private static readonly WorkerDescription s_one = new("host/1", "host", "0.1.0", ["ltx", "motion"], 2);
    private static readonly WorkerDescription s_two = new("host/2", "host", "0.2.0", null, 1);

    private protected SettableClock Clock { get; } = new();

    private protected IWorkerStore Workers { get; private set; } = null!;

    private protected IJobStore Jobs { get; private set; } = null!;

    /// <summary>Opens the stores on an empty database.</summary>
    private protected abstract Task<(IWorkerStore Workers, IJobStore Jobs)> CreateAsync(TimeProvider time);

    /// <summary>Opens the same database once more, as another process would.</summary>
    private protected abstract Task<IWorkerStore> OpenAgainAsync(TimeProvider time);

    public async ValueTask InitializeAsync() => (Workers, Jobs) = await CreateAsync(Clock);

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Idle_and_busy_workers_are_listed_by_name_with_what_they_said_of_themselves()
    {
        await Workers.RegisterAsync(s_two, default);
        await Workers.RegisterAsync(s_one, default);
        await Jobs.SubmitAsync();
        await Jobs.SubmitAsync();
        await Jobs.TryClaimAsync(s_two.Id, TimeSpan.FromSeconds(60), default);
        await Jobs.TryClaimAsync("older version", TimeSpan.FromSeconds(5), default);
        Clock.Advance(TimeSpan.FromSeconds(10));

        var workers = await Workers.ListAsync(default);

        Assert.Equal([s_one.Id, s_two.Id, "older version"], workers.Select(worker => worker.Id));
        Assert.Equivalent(s_one, workers[0].Description, strict: true);
        Assert.Equivalent(s_two, workers[1].Description, strict: true);
        Assert.Null(workers[2].Description);
        Assert.Equal([0L, 1L, 1L], workers.Select(worker => worker.Running));
        Assert.Equal([TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), null], workers.Select(worker => worker.SilentFor));
        Assert.Equal([null, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(-5)], workers.Select(worker => worker.LeaseLeft));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)], workers.Select(worker => worker.OldestFor));
    }

    [Fact]
    public async Task A_silent_worker_disappears_unless_it_holds_a_job_and_comes_back_with_its_next_sign_of_life()
    {
        await Workers.RegisterAsync(s_one, default);
        await Workers.RegisterAsync(s_two, default);
        await Jobs.SubmitAsync();
        await Jobs.TryClaimAsync(s_two.Id, TimeSpan.FromSeconds(60), default);
        Clock.Advance(TimeSpan.FromSeconds(121));

        Assert.Equal([(s_two.Id, 1L)], (await Workers.ListAsync(default)).Select(worker => (worker.Id, worker.Running)));
        Assert.False(await Workers.BeatAsync(s_one, default));
        Assert.Equal([s_one.Id, s_two.Id], (await Workers.ListAsync(default)).Select(worker => worker.Id));
    }

    [Fact]
    public async Task A_worker_that_stops_is_forgotten_at_once()
    {
        await Workers.RegisterAsync(s_one, default);
        await Workers.RemoveAsync(s_one.Id, default);

        Assert.Empty(await Workers.ListAsync(default));
        Assert.False(await Workers.SetDrainingAsync(s_one.Id, true, default));
    }

    [Fact]
    public async Task An_order_to_drain_holds_until_it_is_taken_back_or_the_worker_starts_again()
    {
        await Workers.RegisterAsync(s_one, default);
        await Workers.RegisterAsync(s_two, default);

        Assert.True(await Workers.SetDrainingAsync(s_one.Id, true, default));
        Assert.True(await Workers.BeatAsync(s_one, default));
        Assert.False(await Workers.BeatAsync(s_two, default));
        Assert.Equal([true, false], (await Workers.ListAsync(default)).Select(worker => worker.IsDraining));

        Assert.True(await Workers.SetDrainingAsync(s_one.Id, false, default));
        Assert.False(await Workers.BeatAsync(s_one, default));

        await Workers.SetDrainingAsync(s_one.Id, true, default);
        await Workers.RegisterAsync(s_one, default);
        Assert.False(await Workers.BeatAsync(s_one, default));
    }

    [Fact]
    public async Task An_order_of_another_process_wakes_its_worker_and_without_one_it_sleeps()
    {
        await Workers.RegisterAsync(s_one, default);
        while (await WaitAsync() < TimeSpan.FromMilliseconds(190))
        {
            // It may wake early, as it begins to listen.
        }

        var waiting = Workers.WaitForOrdersAsync(s_one.Id, false, TimeSpan.FromMinutes(1), default);
        await (await OpenAgainAsync(Clock)).SetDrainingAsync(s_one.Id, true, default);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        await Workers.WaitForOrdersAsync(s_one.Id, false, TimeSpan.FromMinutes(1), default).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        await Workers.RegisterAsync(s_one, default);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (true)
                await Workers.WaitForOrdersAsync(s_one.Id, false, TimeSpan.FromMinutes(1), cancel.Token);
        });
    }

    private async Task<TimeSpan> WaitAsync()
    {
        var watch = Stopwatch.StartNew();
        await Workers.WaitForOrdersAsync(s_one.Id, false, TimeSpan.FromMilliseconds(200), default);
        return watch.Elapsed;
    }
}
