using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Sqlite;

/// <summary>
/// Lets a restarted server begin at once with what its killed predecessor was running, instead of waiting for the leases to run out.
/// Each process that serves or works holds a shared lock on a file next to the database; the kernel drops it with the process, however that ends.
/// Whoever starts and gets the lock for itself alone knows that no other is left, and expires all leases.
/// </summary>
internal sealed class ProcessPresence(SqliteJobStore store, string lockPath, ILogger<ProcessPresence> logger) : IHostedService, IDisposable
{
    private FileStream? _held;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using (var alone = TryLock(FileAccess.ReadWrite, FileShare.None))
        {
            if (alone is not null && await store.ExpireAllAsync(cancellationToken) is > 0 and var jobs)
            {
                logger.LogWarning("{Count} jobs were left by a server that ended without stopping; they run again as far as they may.", jobs);
                await store.ReapAsync(cancellationToken);
            }
        }

        // Between the two locks another process may look; it holds the file for milliseconds.
        for (int tries = 0; (_held = TryLock(FileAccess.Read, FileShare.Read)) is null && tries < 100; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        if (_held is null)
            logger.LogWarning("The lock {Path} could not be taken; another server that starts may run this one's jobs again.", lockPath);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _held?.Dispose();

    private FileStream? TryLock(FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(lockPath, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
