using System.ComponentModel.DataAnnotations;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Keys;
using Kinora.Jobs.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Kinora.Jobs.Tests;

/// <summary>The queue as a program registers it, on each database.</summary>
public abstract class JobsServiceCollectionExtensionsTests(TestStore kind) : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();

    private JobsOptions Options { get; set; } = null!;

    public async ValueTask InitializeAsync() => Options = new JobsOptions
    {
        DataDirectory = _folder.Path,
        Database = kind == TestStore.Postgres ? await PostgresCluster.CreateDatabaseAsync() : null,
    };

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_call_gives_a_host_that_runs_jobs_and_deletes_old_ones_with_their_blobs()
    {
        string? blob = null;
        IHost? host = null;
        host = await JobsHost.StartAsync(
            Options with
            {
                Retention = new RetentionOptions { Jobs = TimeSpan.FromMilliseconds(300) },
                SweepInterval = TimeSpan.FromMilliseconds(50),
            },
            async (context, token) =>
            {
                var blobs = host!.Services.GetRequiredService<IBlobStore>();
                await File.WriteAllTextAsync(_folder.File("clip"), "frames", token);
                string name = blobs.CreateName("clip.mp4");
                await blobs.PutFileAsync(name, _folder.File("clip"), "video/mp4", token);
                blob = name;
                return new JobOutcome.Completed("{}", 5, [name]);
            });
        var id = await host.Jobs().SubmitAsync();

        await Poll.Until(() => blob is not null);
        await Poll.Until(async () => await host.Jobs().FindStatusAsync(id, default) is null);
        await Poll.Until(async () => await host.Services.GetRequiredService<IBlobStore>().TryOpenAsync(blob!, default) is null);
        Assert.False(await host.Services.GetRequiredService<IApiKeyStore>().AnyExistsAsync(default));
        await host.StopAsync();
        host.Dispose();
    }

    [Fact]
    public async Task A_lost_lease_is_found_without_anybody_asking()
    {
        using var host = await JobsHost.StartAsync(Options with { Worker = new JobWorkerOptions { Slots = 0 }, ReapInterval = TimeSpan.FromMilliseconds(50) }, Never);
        var id = await host.Jobs().SubmitAsync();
        await host.Jobs().ClaimAsync(TimeSpan.FromMilliseconds(100));

        await Poll.Until(async () => (await host.Jobs().StatusAsync(id)).State == JobState.Queued);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_leaves_the_first_ones_jobs_alone()
    {
        var finish = new TaskCompletionSource();
        using var first = await JobsHost.StartAsync(Options, async (_, _) =>
        {
            await finish.Task;
            return new JobOutcome.Completed("{}", 1, []);
        });
        var id = await first.Jobs().SubmitAsync();
        await Poll.Until(async () => (await first.Jobs().StatusAsync(id)).State == JobState.Running);

        using var second = await JobsHost.StartAsync(Options, Never);
        finish.SetResult();
        await Poll.Until(async () => (await second.Jobs().StatusAsync(id)).State == JobState.Completed);
        Assert.Equal(1, (await first.Jobs().GetAsync(id)).Attempt);
        await second.StopAsync();
        await first.StopAsync();
    }

    [Fact]
    public async Task Starting_and_stopping_a_thousand_times_leaves_no_file_no_thread_and_no_child_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "They are counted in /proc.");
        using var child = new ChildProcess(nameof(ChildPrograms.StartAndStop), Options);
        await child.WaitForExitAsync(TimeSpan.FromMinutes(5));

        var held = (await File.ReadAllLinesAsync(_folder.File("held"))).Select(line => line.Split(' ').Select(int.Parse).ToArray()).ToList();
        Assert.InRange(held[1][0], 0, held[0][0] + 5);
        Assert.InRange(held[1][1], 0, held[0][1] + 10);
        Assert.Equal(0, held[1][2]);
    }

    [Fact]
    public void The_host_waits_longer_than_the_worker()
    {
        var services = new ServiceCollection();
        services.AddKinoraJobs(
            new JobsOptions { DataDirectory = _folder.Path, Worker = new JobWorkerOptions { ShutdownGrace = TimeSpan.FromMinutes(2) } }, _ => Never);

        using var provider = services.BuildServiceProvider();
        Assert.Equal(TimeSpan.FromSeconds(130), provider.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    public static TheoryData<JobWorkerOptions> BadOptions() =>
    [
        new JobWorkerOptions { Slots = -1 },
        new JobWorkerOptions { Slots = 257 },
        new JobWorkerOptions { Lease = TimeSpan.FromMilliseconds(99), Heartbeat = TimeSpan.FromMilliseconds(10) },
        new JobWorkerOptions { Lease = TimeSpan.FromMinutes(61) },
        new JobWorkerOptions { Heartbeat = TimeSpan.FromSeconds(31) },
        new JobWorkerOptions { Heartbeat = TimeSpan.Zero },
        new JobWorkerOptions { ReportDelay = TimeSpan.Zero },
        new JobWorkerOptions { ShutdownGrace = TimeSpan.FromSeconds(-1) },
        new JobWorkerOptions { RunTimeout = TimeSpan.Zero },
    ];

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Options_out_of_bounds_are_refused_at_once(JobWorkerOptions worker) =>
        Assert.Throws<ValidationException>(() =>
            new ServiceCollection().AddKinoraJobs(new JobsOptions { DataDirectory = _folder.Path, Worker = worker }, _ => Never));

    private static async Task<JobOutcome> Never(JobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return new JobOutcome.Cancelled();
    }
}
