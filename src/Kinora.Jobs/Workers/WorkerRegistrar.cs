using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Workers;

/// <summary>Tells others of this process's worker, and the worker what they want of it: to drain, or to go on. Two statements a minute.</summary>
internal sealed class WorkerRegistrar(IWorkerStore store, JobWorker worker, WorkerDescription description, ILogger<WorkerRegistrar> logger) : BackgroundService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Stops telling, and has the worker forgotten: it runs its last jobs or none.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await store.RemoveAsync(description.Id, cancellationToken).WaitAsync(s_patience, cancellationToken);
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "The worker {Worker} could not be signed off; lists show it for a while yet.", description.Id);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool isKnown = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isKnown)
                    await store.RegisterAsync(description, stoppingToken);
                isKnown = true;
                Obey(await store.BeatAsync(description, stoppingToken));
                await store.WaitForOrdersAsync(description.Id, worker.IsDraining, WorkerSql.Interval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogWarning(exception, "The worker {Worker} could not report itself; it tries again.", description.Id);
                await Task.Delay(s_patience, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Obey(bool drain)
    {
        if (drain == worker.IsDraining)
            return;
        if (drain)
            logger.LogInformation("The worker was told to drain: it claims nothing more until it is told to go on.");
        else
            logger.LogInformation("The worker was told to go on.");
        worker.IsDraining = drain;
    }
}
