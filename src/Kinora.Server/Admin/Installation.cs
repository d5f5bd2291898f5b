using Kinora.Jobs;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;
using Kinora.Jobs.Limits;
using Kinora.Jobs.Listing;
using Kinora.Jobs.Upkeep;
using Kinora.Jobs.Webhooks;
using Kinora.Jobs.Workers;
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

    private IWorkerStore Workers => _services.GetRequiredService<IWorkerStore>();

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

    /// <summary>The workers, by name. One that has vanished is listed for two minutes, or for as long as it holds requests.</summary>
    public async Task<IReadOnlyList<WorkerOverview>> ListWorkersAsync(CancellationToken cancellationToken) =>
        (await Workers.ListAsync(cancellationToken)).Select(WorkerOverview.Of).ToList();

    /// <summary>
    /// Runs a request again. A running one is taken from its worker without costing an attempt, and keeps its id. A failed or cancelled one never changes again: what
    /// it asked for is submitted anew under a new id, for the same owner, with its webhook, tags, priority and engine. It has all its attempts again, no start time-out
    /// and no connection that waits for it, and its owner's budget is not asked.
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
        return await WaitForRestAsync(async () => (await Upkeep.SummariseAsync(cancellationToken)).Running, patience, observe, cancellationToken);
    }

    /// <summary>Ends the pause of the queue.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) =>
        _services.GetRequiredService<IQueueLimitStore>().RemoveAsync(QueueLimitKind.Queue, "", cancellationToken);

    /// <summary>Has one worker claim nothing more, and waits until it runs nothing. That holds until <see cref="ResumeWorkerAsync"/>, or until the worker ends.</summary>
    /// <param name="worker">Its name, as <see cref="ListWorkersAsync"/> tells it.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="observe">Is told how many it still runs, whenever that changes.</param>
    /// <param name="cancellationToken">Ends the waiting; the worker claims nothing all the same.</param>
    /// <returns>Null once it runs nothing; else why not.</returns>
    public async Task<string?> DrainWorkerAsync(string worker, TimeSpan patience, Action<long> observe, CancellationToken cancellationToken)
    {
        if (!await Workers.SetDrainingAsync(worker, isDraining: true, cancellationToken))
            return $"there is no worker {worker}; `kinora admin workers` lists them.";
        return await WaitForRestAsync(CountAsync, patience, observe, cancellationToken) ? null : $"worker {worker} still runs requests; it claims no more.";

        async Task<long> CountAsync() => (await Workers.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == worker)?.Running ?? 0;
    }

    /// <summary>Has a drained worker go on.</summary>
    /// <returns>Null, or why not.</returns>
    public async Task<string?> ResumeWorkerAsync(string worker, CancellationToken cancellationToken) =>
        await Workers.SetDrainingAsync(worker, isDraining: false, cancellationToken) ? null : $"there is no worker {worker}; `kinora admin workers` lists them.";

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

    private async Task<bool> WaitForRestAsync(Func<Task<long>> count, TimeSpan patience, Action<long> observe, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        for (long last = -1; ;)
        {
            var running = await count();
            if (running != last) observe(running);
            if (running == 0) return true;
            if (_time.GetElapsedTime(started) >= patience) return false;
            last = running;
            await Task.Delay(s_lookAgain, _time, cancellationToken);
        }
    }

    private async Task<Guid> SubmitAgainAsync(Job ended, CancellationToken cancellationToken)
    {
        var delivery = await _services.GetRequiredService<IWebhookStore>().FindAsync(ended.Id, cancellationToken);
        var listed = await _services.GetRequiredService<IJobListing>().ListAsync(new JobFilter { Id = ended.Id }, beforeSequence: null, 1, cancellationToken);
        var again = new NewJob
        {
            Id = Guid.NewGuid(),
            Owner = ended.Owner,
            Endpoint = ended.Endpoint,
            Input = ended.Input!,
            Engine = ended.Engine,
            Priority = ended.Priority,
            MaxAttempts = ended.MaxAttempts,
            StorePayloads = ended.StorePayloads,
            FileLifecycle = ended.FileLifecycle,
            Webhook = delivery is null ? null : new NewWebhook(new Uri(delivery.Url), delivery.Origin),
            Tags = ended.Tags,
            SearchText = listed.Count > 0 ? listed[0].SearchText : null,
            Faults = ended.Faults,
        };
        await Jobs.EnqueueAsync(again, cancellationToken);
        return again.Id;
    }

    private QueuedRequest Describe(ListedJob job) => new(
        job.Id, job.Endpoint, job.Owner, job.State == JobState.Queued ? "queued" : "running", job.Attempt, _time.GetUtcNow() - job.CreatedAt, job.WorkerId);
}
