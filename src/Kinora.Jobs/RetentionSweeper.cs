using Kinora.Jobs.Blobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>Deletes what has been kept long enough, jobs first and then their blobs. Any number of processes may run one.</summary>
internal sealed class RetentionSweeper(
    IJobStore store, IBlobStore blobs, RetentionOptions retention, TimeSpan interval, ILogger<RetentionSweeper> logger) : BackgroundService
{
    /// <summary>One sweep.</summary>
    /// <returns>How many blobs were asked to be deleted.</returns>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var names = await store.SweepAsync(retention, cancellationToken);
        foreach (string name in names)
            await blobs.DeleteAsync(name, cancellationToken);
        return names.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Old jobs could not be deleted; trying again in {Interval}.", interval);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
