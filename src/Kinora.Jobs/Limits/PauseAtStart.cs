using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Limits;

/// <summary>Pauses the queue before this process's worker starts.</summary>
internal sealed class PauseAtStart(IQueueLimitStore limits, ILogger<PauseAtStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await limits.SetAsync(QueueLimit.Pause, cancellationToken);
        logger.LogWarning("The queue is paused: jobs are accepted and none is started, in any process, until it is resumed.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
