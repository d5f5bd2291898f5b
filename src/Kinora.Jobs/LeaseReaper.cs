using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

/// <summary>Ends what time has overtaken, every few seconds: see <see cref="IJobStore.ReapAsync"/>. Any number of processes may run one.</summary>
internal sealed class LeaseReaper(IJobStore store, TimeSpan interval, ILogger<LeaseReaper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                int changed = await store.ReapAsync(stoppingToken);
                if (changed > 0)
                    logger.LogInformation("{Count} jobs had lost their worker, their connection or their time to start.", changed);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Expired leases could not be looked for; trying again in {Interval}.", interval);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
