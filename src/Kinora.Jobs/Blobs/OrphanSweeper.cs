using Kinora.Jobs.Files;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Blobs;

/// <summary>
/// Deletes blobs that nobody owns: their process died between storing them and telling the database. A blob becomes an orphan only when it is older than any
/// work can be, so what is just being finished is never touched. Any number of processes may run one; one in a few hours is enough.
/// </summary>
/// <param name="blobs">Where to look.</param>
/// <param name="files">Knows who owns what.</param>
/// <param name="age">Longer than any job or upload takes from its first blob to its end.</param>
/// <param name="interval">From the end of one sweep to the next.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">For faults, and for what was found.</param>
internal sealed class OrphanSweeper(
    IBlobStore blobs, IFileStore files, TimeSpan age, TimeSpan interval, TimeProvider time, ILogger<OrphanSweeper> logger) : BackgroundService
{
    private const int Batch = 500;

    /// <summary>One sweep.</summary>
    /// <returns>How many blobs were deleted.</returns>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - age;
        int unfinished = await blobs.DeleteUnfinishedAsync(before, cancellationToken);
        int orphans = 0;
        await foreach (string[] names in blobs.ListAsync(before, cancellationToken).Select(blob => blob.Name).Chunk(Batch).WithCancellation(cancellationToken))
            orphans += await DeleteUnownedAsync(names, cancellationToken);
        if (unfinished + orphans > 0)
            logger.LogInformation("Deleted {Orphans} blobs that nobody owned and {Unfinished} that were never finished.", orphans, unfinished);
        return orphans;
    }

    /// <inheritdoc/>
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
                logger.LogError(exception, "Blobs that nobody owns could not be looked for; trying again in {Interval}.", interval);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> DeleteUnownedAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var unowned = await files.FindUnownedAsync(names, cancellationToken);
        foreach (string name in unowned)
            await blobs.DeleteAsync(name, cancellationToken);
        return unowned.Count;
    }
}
