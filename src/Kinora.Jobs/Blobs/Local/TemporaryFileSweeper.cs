using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Blobs.Local;

/// <summary>Clears what crashed copies left behind, at the start and then every hour.</summary>
internal sealed class TemporaryFileSweeper(LocalBlobStore blobs, ILogger<TemporaryFileSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                blobs.SweepTemporaryFiles(Age);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning(exception, "Left-over temporary files could not be deleted.");
            }

            await Task.Delay(Age, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
