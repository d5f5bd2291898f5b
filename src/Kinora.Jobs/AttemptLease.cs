using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>
/// Holds the lease of one running attempt: beats on its own timer, whatever the work does, sends reports early, and stops the work
/// when its owner cancels it, when it runs too long, and when the lease is lost.
/// </summary>
internal sealed class AttemptLease : IDisposable
{
    private readonly IJobStore _store;
    private readonly Job _job;
    private readonly JobReports _reports;
    private readonly JobWorkerOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _work = new();
    private readonly CancellationTokenSource _over = new();
    private int _stopReason;
    private long _renewedAt = TimeProvider.System.GetTimestamp();

    internal AttemptLease(IJobStore store, Job job, JobReports reports, JobWorkerOptions options, ILogger logger)
    {
        (_store, _job, _reports, _options, _logger) = (store, job, reports, options, logger);
    }

    /// <summary>Cancelled when the work must stop.</summary>
    internal CancellationToken WorkToken => _work.Token;

    /// <summary>Why it must.</summary>
    internal StopReason StopReason => (StopReason)Volatile.Read(ref _stopReason);

    /// <summary>When it was told to, as a timestamp of the system's <see cref="TimeProvider"/>; 0 before that.</summary>
    internal long StoppedAt { get; private set; }

    /// <summary>Runs <paramref name="work"/> under the lease; what is left of its reports is stored before this returns.</summary>
    internal async Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        var watching = Task.WhenAll(BeatAsync(), WatchForCancelAsync(), WatchTheTimeAsync());
        try
        {
            return await work(_work.Token);
        }
        finally
        {
            await _over.CancelAsync();
            await watching;
            await SendAsync();
        }
    }

    /// <summary>Stops the work. Only the first call counts.</summary>
    internal void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, (int)reason, 0) != 0)
            return;

        StoppedAt = TimeProvider.System.GetTimestamp();
        // Handlers' callbacks must not run on (or throw into) the loop that keeps the lease.
        _ = _work.CancelAsync().ContinueWith(
            task => _logger.LogWarning(task.Exception, "A handler of job {JobId} threw when it was told to stop.", _job.Id),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    // Not the source of the work's token: a shutdown may still want to cancel it, and without a timer it holds nothing that needs disposing of.
    public void Dispose() => _over.Dispose();

    private async Task BeatAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await WaitForBeatAsync();
            if (_over.IsCancellationRequested)
                return;
            if (!await SendAsync())
                await Pause(TimeSpan.FromMilliseconds(Math.Min(500, _options.Heartbeat.TotalMilliseconds / 4)));
        }
    }

    // Until the next beat is due, or a little after the first report, so that several go together.
    private async Task WaitForBeatAsync()
    {
        var due = _options.Heartbeat - TimeProvider.System.GetElapsedTime(_renewedAt);
        if (due <= TimeSpan.Zero)
            return;

        await _reports.Arrived.WaitAsync(due, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_reports.Arrived.IsCompleted)
            await Pause(_options.ReportDelay < due ? _options.ReportDelay : due);
    }

    private async Task<bool> SendAsync()
    {
        if (StopReason == StopReason.LeaseLost)
            return true;

        var (progress, lines) = _reports.Take();
        try
        {
            long sentAt = TimeProvider.System.GetTimestamp();
            var outcome = await _store.HeartbeatAsync(
                new JobHeartbeat { Id = _job.Id, Attempt = _job.Attempt, Lease = _options.Lease, Progress = progress, Log = lines }, CancellationToken.None);
            _renewedAt = sentAt;
            if (outcome != HeartbeatOutcome.Renewed)
                Stop(outcome == HeartbeatOutcome.LeaseLost ? StopReason.LeaseLost : StopReason.CancelRequested);
            return true;
        }
        catch (Exception exception)
        {
            _reports.PutBack(progress, lines);
            _logger.LogWarning(exception, "The heartbeat of job {JobId} did not reach the store.", _job.Id);
            if (TimeProvider.System.GetElapsedTime(_renewedAt) >= _options.Lease)
                Stop(StopReason.LeaseLost);
            return false;
        }
    }

    // A cancel of this process is seen at once, one of another process as soon as the store sees it; the heartbeat is the last resort.
    private async Task WatchForCancelAsync()
    {
        while (!_over.IsCancellationRequested && StopReason == StopReason.None)
        {
            try
            {
                var status = await _store.FindStatusAsync(_job.Id, _over.Token);
                if (status is { State: JobState.Running, CancelRequested: true })
                    Stop(StopReason.CancelRequested);
                else if (status is not { State: JobState.Running })
                    Stop(StopReason.LeaseLost);
                else
                    await _store.WaitForChangeAsync(_job.Id, status.Version, _options.Heartbeat, _over.Token);
            }
            catch (Exception) when (_over.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _logger.LogWarning(exception, "The store did not say whether job {JobId} is to be cancelled.", _job.Id);
                await Pause(_options.Heartbeat);
            }
        }
    }

    private async Task WatchTheTimeAsync()
    {
        if (_options.RunTimeout is not { } limit)
            return;

        await Pause(limit);
        if (!_over.IsCancellationRequested)
            Stop(StopReason.RunTimeout);
    }

    private async Task Pause(TimeSpan time) =>
        await Task.Delay(time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
