using Kinora.Jobs.Sqlite;

namespace Kinora.Jobs.Tests;

/// <summary>What <see cref="ChildProcess"/> runs, each until it is killed.</summary>
internal static class ChildPrograms
{
    internal static async Task<int> RunAsync(string program, string folder)
    {
        await (program == nameof(Submit) ? Submit(folder) : Serve(folder));
        return 0;
    }

    /// <summary>Submits without end, and writes each id down once the submit was acknowledged.</summary>
    internal static async Task Submit(string folder)
    {
        await using var database = SqliteDatabase.Open(Path.Combine(folder, "kinora.db"));
        var store = new SqliteJobStore(database, TimeProvider.System);
        await using var acknowledged = new FileStream(Path.Combine(folder, "acknowledged"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
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

    /// <summary>Serves: the first job it starts never ends.</summary>
    internal static async Task Serve(string folder)
    {
        using var host = await JobsHost.StartAsync(folder, async (context, _) =>
        {
            await File.AppendAllTextAsync(Path.Combine(folder, "started"), $"{context.Job.Id}\n", CancellationToken.None);
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return new JobOutcome.Cancelled();
        });
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}
