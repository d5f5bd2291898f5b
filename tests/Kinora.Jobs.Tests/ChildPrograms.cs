using Kinora.Jobs.Sqlite;

namespace Kinora.Jobs.Tests;

/// <summary>What <see cref="ChildProcess"/> runs. Not tests: they run only when asked for by name, and then until they are killed.</summary>
public sealed class ChildPrograms
{
    private static string Folder => Environment.GetEnvironmentVariable(ChildProcess.FolderVariable)!;

    /// <summary>Submits without end, and writes each id down once the submit was acknowledged.</summary>
    [Fact(Explicit = true)]
    public async Task Submit()
    {
        await using var database = SqliteDatabase.Open(Path.Combine(Folder, "kinora.db"));
        var store = new SqliteJobStore(database, TimeProvider.System);
        await using var acknowledged = new FileStream(Path.Combine(Folder, "acknowledged"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
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
    [Fact(Explicit = true)]
    public async Task Serve()
    {
        using var host = await JobsHost.StartAsync(Folder, async (context, _) =>
        {
            await File.AppendAllTextAsync(Path.Combine(Folder, "started"), $"{context.Job.Id}\n", CancellationToken.None);
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return new JobOutcome.Cancelled();
        });
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }
}
