using Kinora.Jobs;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Upkeep;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Server.Admin;

/// <summary>The data of an installation as its operators see it, for the command line. Servers and workers may be running on it.</summary>
public sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(200);

    private readonly ServiceProvider _services;
    private readonly TimeProvider _time;

    private Installation(ServiceProvider services, TimeProvider time) => (_services, _time) = (services, time);

    private IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    private IUpkeepStore Upkeep => _services.GetRequiredService<IUpkeepStore>();

    /// <summary>Opens an installation.</summary>
    /// <param name="options">Where its data is; the rest does not matter.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ServerStartException">The data cannot be opened.</exception>
    public static Installation Open(KinoraServerOptions options, TimeProvider time)
    {
        ServiceProvider? services = null;
        try
        {
            var jobs = new JobsOptions { DataDirectory = options.DataDirectory, Database = options.Database, S3 = options.S3.ToOptions() };
            services = new ServiceCollection().AddSingleton(time).AddKinoraStores(jobs).BuildServiceProvider();
            _ = services.GetRequiredService<IUpkeepStore>();
            return new Installation(services, time);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException or JobStoreException)
        {
            services?.Dispose();
            throw new ServerStartException(problem.Message, problem);
        }
    }

    /// <summary>What waits and what runs.</summary>
    /// <param name="newest">How many requests are listed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<QueueOverview> LookAsync(int newest, CancellationToken cancellationToken)
    {
        var summary = await Upkeep.SummariseAsync(cancellationToken);
        var live = new JobFilter { States = [JobState.Queued, JobState.Running] };
        var listed = newest < 1 ? [] : await _services.GetRequiredService<IJobListing>().ListAsync(live, beforeSequence: null, newest, cancellationToken);
        return new QueueOverview(
            summary.Queued, summary.Running, summary.OldestQueuedFor, summary.IsPaused, summary.WebhooksDue, listed.Select(Describe).ToList());
    }

    /// <summary>The workers that run something now.</summary>
    public async Task<IReadOnlyList<WorkerOverview>> ListWorkersAsync(CancellationToken cancellationToken) =>
        (await Upkeep.ListWorkersAsync(cancellationToken)).Select(worker => new WorkerOverview(worker.WorkerId, worker.Running, worker.OldestFor, worker.SilentAfter)).ToList();

    /// <summary>
    /// Runs a request again: a running one is taken from its worker without costing an attempt; a failed or cancelled one, which never changes again, is submitted
    /// anew under a new id, without its webhook and its tie to a connection.
    /// </summary>
    /// <returns>The id under which it is queued now, or why it cannot be.</returns>
    public async Task<(Guid? Id, string? Problem)> RequeueAsync(Guid id, CancellationToken cancellationToken) => await Jobs.FindAsync(id, cancellationToken) switch
    {
        null => (null, $"there is no request {id}."),
        { State: JobState.Queued } => (null, $"request {id} is queued."),
        { State: JobState.Completed } => (null, $"request {id} is completed; it is not run and billed again."),
        { State: JobState.Running } running => await Jobs.ReleaseAsync(id, running.Attempt, cancellationToken)
            ? (id, null)
            : (null, $"request {id} has just ended or changed workers; look again."),
        { Input: null } => (null, $"the input of request {id} has been erased; it cannot be run again."),
        var ended => (await SubmitAgainAsync(ended, cancellationToken), null),
    };

    /// <summary>Cancels a request, whoever's it is.</summary>
    /// <returns>Null, or why not.</returns>
    public async Task<string?> CancelAsync(Guid id, CancellationToken cancellationToken) => await Jobs.RequestCancelAsync(id, cancellationToken) switch
    {
        CancelOutcome.Requested => null,
        CancelOutcome.AlreadyEnded => $"request {id} has ended already.",
        _ => $"there is no request {id}.",
    };

    /// <summary>Pauses the queue in every process, and waits until nothing runs any more. The pause stays.</summary>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="observe">Is told how many still run, whenever that changes.</param>
    /// <param name="cancellationToken">Ends the waiting; the pause stays.</param>
    /// <returns>Whether nothing runs any more.</returns>
    public async Task<bool> DrainAsync(TimeSpan patience, Action<long> observe, CancellationToken cancellationToken)
    {
        await _services.GetRequiredService<IQueueLimitStore>().SetAsync(QueueLimit.Pause, cancellationToken);
        var started = _time.GetTimestamp();
        for (long last = -1; ;)
        {
            var running = (await Upkeep.SummariseAsync(cancellationToken)).Running;
            if (running != last) observe(running);
            if (running == 0) return true;
            if (_time.GetElapsedTime(started) >= patience) return false;
            last = running;
            await Task.Delay(s_lookAgain, _time, cancellationToken);
        }
    }

    /// <summary>Checks every rule of the database and holds the files against it.</summary>
    /// <param name="repair">Whether to mend what can be mended without guessing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was found; empty if all is well.</returns>
    /// <exception cref="BlobStoreException">The storage of files does not answer.</exception>
    public async Task<IReadOnlyList<Finding>> VerifyAsync(bool repair, CancellationToken cancellationToken)
    {
        var rows = await Upkeep.VerifyAsync(repair, cancellationToken);
        var audit = new FileAudit(_services.GetRequiredService<IBlobStore>(), _services.GetRequiredService<IFileStore>(), Upkeep, _time);
        return
        [
            .. rows.Select(found => Finding.Of(found.Rule, found.Count, found.Offenders, found.IsRepaired, found.CanRepair)),
            .. await audit.RunAsync(repair, cancellationToken),
        ];
    }

    /// <summary>Gives the room of deleted rows back.</summary>
    public Task VacuumAsync(CancellationToken cancellationToken) => Upkeep.VacuumAsync(cancellationToken);

    /// <summary>Copies the database, as it is at one moment, to a new file.</summary>
    /// <exception cref="NotSupportedException">The database has its own program for that; the message names it.</exception>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public Task BackUpAsync(string path, CancellationToken cancellationToken) => Upkeep.BackUpAsync(path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<Guid> SubmitAgainAsync(Job ended, CancellationToken cancellationToken)
    {
        var again = new NewJob
        {
            Id = Guid.NewGuid(),
            Owner = ended.Owner,
            Endpoint = ended.Endpoint,
            Input = ended.Input!,
            Priority = ended.Priority,
            MaxAttempts = ended.MaxAttempts,
            FileLifecycle = ended.FileLifecycle,
            Tags = ended.Tags,
        };
        await Jobs.EnqueueAsync(again, cancellationToken);
        return again.Id;
    }

    private QueuedRequest Describe(ListedJob job) => new(
        job.Id, job.Endpoint, job.Owner, job.State == JobState.Queued ? "queued" : "running", job.Attempt, _time.GetUtcNow() - job.CreatedAt, job.WorkerId);
}
