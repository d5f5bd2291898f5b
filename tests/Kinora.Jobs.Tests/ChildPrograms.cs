namespace Kinora.Jobs.Tests;

/// <summary>What <see cref="ChildProcess"/> runs.</summary>
internal static class ChildPrograms
{
    internal static async Task<int> RunAsync(string program, JobsOptions options)
    {
        await (program switch
        {
            nameof(Submit) => Submit(options),
            nameof(Serve) => Serve(options),
            _ => StartAndStop(options),
        });
        return 0;
    }

    /// <summary>Submits without end, and writes each id down once the submit was acknowledged.</summary>
    internal static async Task Submit(JobsOptions options)
    {
        using var host = await JobsHost.StartAsync(options with { Worker = new JobWorkerOptions { Slots = 0 } }, (_, _) => throw new InvalidOperationException());
        var store = host.Jobs();
        await using var acknowledged = new FileStream(Path.Combine(options.DataDirectory, "acknowledged"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var job = NewJobs.Create("\"an input\"");
                await store.EnqueueAsync(job, default);
                lock (acknowledged)
                    acknowledged.Write(System.Text.Encoding.ASCII.GetBytes($"{job.Id}\n"));
            }
        })));
    }

    /// <summary>Starts and stops a server a thousand times, and writes down what the process held before and after: open files, threads, children.</summary>
    internal static async Task StartAndStop(JobsOptions options)
    {
        await CycleAsync(20);
        var before = Held();
        await CycleAsync(1_000);
        await File.WriteAllLinesAsync(Path.Combine(options.DataDirectory, "held"), [before, Held()]);

        async Task CycleAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                using var host = await JobsHost.StartAsync(options, (_, _) => throw new InvalidOperationException());
                await host.StopAsync();
            }
        }

        static string Held()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            // Programs are loaded as they are needed, and stay.
            int files = Directory.GetFiles("/proc/self/fd").Count(link => new FileInfo(link).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true);
            int children = File.ReadAllText("/proc/self/task/" + Environment.ProcessId + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            return $"{files} {System.Diagnostics.Process.GetCurrentProcess().Threads.Count} {children}";
        }
    }

    /// <summary>Serves: the first job it starts never ends.</summary>
    internal static async Task Serve(JobsOptions options)
    {
        // Where only the lease tells that a process is gone, it is short.
        var worker = options.Database is null ? new JobWorkerOptions() : new JobWorkerOptions { Lease = TimeSpan.FromSeconds(2), Heartbeat = TimeSpan.FromSeconds(1) };
        using var host = await JobsHost.StartAsync(options with { Worker = worker }, async (context, _) =>
        {
            await File.AppendAllTextAsync(Path.Combine(options.DataDirectory, "started"), $"{context.Job.Id}\n", CancellationToken.None);
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return new JobOutcome.Cancelled();
        });
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}
