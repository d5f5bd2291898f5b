using Kinora.Jobs.Blobs;
using Kinora.Jobs.Limits;
using Kinora.Server.Uploads;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinora.Server.Telemetry;

/// <summary>
/// Looks at what this process needs to do its work: the database, the storage of files, room on the disk. Answers are kept for a few seconds, so that any number of
/// askers costs the same.
/// </summary>
internal sealed partial class Readiness(
    IQueueLimitStore limits, IBlobStore blobs, IOptions<UploadOptions> uploads, TimeProvider time, ILogger<Readiness> logger) : IDisposable
{
    /// <summary>Less free room than this fails the next clip or upload.</summary>
    private const long NeededFreeBytes = 256L << 20;

    /// <summary>The name of the check of the job store.</summary>
    public const string Database = "database";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_keptFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private IReadOnlyList<ReadinessCheck> _last = [];
    private DateTimeOffset _lookedAt;

    /// <summary>All checks, failed or not, in a fixed order.</summary>
    public async Task<IReadOnlyList<ReadinessCheck>> LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - _lookedAt < s_keptFor) return _last;
            var note = "unknown";
            IReadOnlyList<ReadinessCheck> checks = await Task.WhenAll(
                RunAsync(Database, async token => note = NoteOf(await limits.ListAsync(token))),
                RunAsync("storage", blobs.CheckAsync),
                RunAsync("disk", _ => Task.Run(MeasureDisk, CancellationToken.None)));
            _last = [.. checks, new ReadinessCheck("queue", null, note)];
            _lookedAt = time.GetUtcNow();
            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static string NoteOf(IReadOnlyList<QueueLimit> limits) => limits.Contains(QueueLimit.Pause) ? "paused" : "running";

    private async Task<ReadinessCheck> RunAsync(string name, Func<CancellationToken, Task> check)
    {
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await check(patience.Token).WaitAsync(s_patience);
            return new ReadinessCheck(name, null);
        }
        catch (Exception problem)
        {
            LogProblem(name, problem.Message);
            return new ReadinessCheck(name, problem is OperationCanceledException or TimeoutException ? "does not answer in time" : Explain(problem));
        }
    }

    // Messages of the storage and the disk are written for people; a database driver's may hold addresses and names, which stay in the log.
    private static string Explain(Exception problem) => problem is IOException ? problem.Message : "does not answer; the log says why";

    private void MeasureDisk()
    {
        foreach (var directory in (string[])[uploads.Value.StagingDirectory, Path.GetTempPath()])
        {
            var free = new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
            if (free < NeededFreeBytes) throw new IOException(FormattableString.Invariant($"only {free / 1e6:0} MB are free at {directory}"));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {Check}: {Problem}")]
    private partial void LogProblem(string check, string problem);
}
