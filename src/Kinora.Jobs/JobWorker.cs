using System.Collections.Concurrent;
using Kinora.Jobs.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>
/// Claims jobs and runs them, up to <see cref="JobWorkerOptions.Slots"/> at once. Stopping it claims nothing more, lets running jobs go on for
/// <see cref="JobWorkerOptions.ShutdownGrace"/>, then stops them and puts them back without costing them an attempt.
/// </summary>
public sealed class JobWorker : BackgroundService
{
    // Whoever waits is woken; this bounds only how long an idle worker goes without trying to claim.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    private readonly IJobStore _store;
    private readonly IBlobStore? _blobs;
    private readonly JobHandler _handler;
    private readonly JobWorkerOptions _options;
    private readonly JobMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<JobWorker> _logger;
    private readonly ConcurrentDictionary<JobAttempt, bool> _running = [];
    private readonly CancellationTokenSource _graceOver = new();

    // Completes when the worker is told to go on; null while it claims.
    private TaskCompletionSource? _draining;

    // Of the idle slots one asks the store, so that many idle slots cost no more than one.
    private readonly SemaphoreSlim _asking = new(1);

    /// <param name="store">Where the jobs are.</param>
    /// <param name="blobs">From where the blobs of overtaken attempts are deleted; null: they stay.</param>
    /// <param name="handler">What runs a job.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="metrics">Where measurements go.</param>
    /// <param name="time">The clock of log lines.</param>
    /// <param name="logger">For faults.</param>
    public JobWorker(
        IJobStore store, IBlobStore? blobs, JobHandler handler, JobWorkerOptions options, JobMetrics metrics, TimeProvider time, ILogger<JobWorker> logger)
    {
        (_store, _blobs, _handler, _options, _metrics, _time, _logger) = (store, blobs, handler, options, metrics, time, logger);
        metrics.Watch(this, options.Slots);
    }

    /// <summary>How many jobs run now.</summary>
    public int RunningCount => _running.Count;

    /// <summary>Whether it claims nothing more for now; what runs goes on. Default false.</summary>
    public bool IsDraining
    {
        get => Volatile.Read(ref _draining) is not null;
        set
        {
            if (value)
                Interlocked.CompareExchange(ref _draining, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);
            else
                Interlocked.Exchange(ref _draining, null)?.SetResult();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _graceOver.Dispose();
        _asking.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var slots = Enumerable.Range(0, _options.Slots).Select(_ => Task.Run(() => RunSlotAsync(stoppingToken), CancellationToken.None)).ToList();
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var idle = Task.WhenAll(slots);
        await idle.WaitAsync(_options.ShutdownGrace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _graceOver.CancelAsync();
        foreach (var attempt in _running.Keys)
            attempt.ShutDown();
        await idle;
    }

    private async Task RunSlotAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunNextAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _logger.LogError(exception, "The worker could not reach the job store; it tries again.");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunNextAsync(CancellationToken stoppingToken)
    {
        if (await TryClaimAsync(stoppingToken) is not { } job)
            return;
        if (stoppingToken.IsCancellationRequested)
            await _store.ReleaseAsync(job.Id, job.Attempt, CancellationToken.None);
        else
            await RunAsync(job);
    }

    private async Task<Job?> TryClaimAsync(CancellationToken stoppingToken)
    {
        await _asking.WaitAsync(stoppingToken);
        try
        {
            if (Volatile.Read(ref _draining) is { } draining)
                await draining.Task.WaitAsync(stoppingToken);

            // Not cancellable: a claim that was made must be known here, to be run or given back.
            var job = await _store.TryClaimAsync(new ClaimTerms(_options.WorkerId, _options.Lease, _options.Engines), CancellationToken.None);
            if (job is null)
                await _store.WaitForQueuedAsync(_options.Engines, s_longestWait, stoppingToken);
            return job;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task RunAsync(Job job)
    {
        var attempt = new JobAttempt(_store, _blobs, job, _handler, _options, _metrics, _time, _logger);
        _running[attempt] = true;
        if (_graceOver.IsCancellationRequested)
            attempt.ShutDown();
        try
        {
            await attempt.RunAsync();
        }
        finally
        {
            _running.TryRemove(attempt, out _);
        }
    }
}
