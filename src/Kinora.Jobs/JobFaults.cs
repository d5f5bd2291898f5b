using Kinora.Jobs.Blobs;

namespace Kinora.Jobs;

/// <summary>What is said of attempts that did not end by their handler's own word.</summary>
internal static class JobFaults
{
    private const int DiskFull = 28;         // ENOSPC
    private const int QuotaExceeded = 122;   // EDQUOT
    private const int WindowsDiskFull = 0x70;

    internal static JobFailure StoppedItself { get; } =
        new(JobFailureKind.EngineFault, "The engine stopped without being asked to.", CanRetry: true);

    internal static JobFailure WorkerLost(int maxAttempts, bool tied) => new(
        JobFailureKind.WorkerLost,
        tied
            ? "The worker vanished while it ran this synchronous job; submit it again."
            : $"The worker vanished in each of the {maxAttempts} attempts that this job had.",
        CanRetry: false);

    internal static JobFailure RunTimeout(TimeSpan? limit) =>
        new(JobFailureKind.RunTimeout, FormattableString.Invariant($"The job ran longer than this server allows ({limit?.TotalSeconds:0.#} s)."), CanRetry: false);

    /// <summary>An exception's text may hold paths and secrets: it goes to the server's log, not to the job's owner.</summary>
    internal static JobFailure ToFailure(Exception exception) => exception switch
    {
        OutOfMemoryException => new(JobFailureKind.OutOfResources, "The server ran out of memory while it ran the job.", CanRetry: true),
        BlobStoreException fault => new(JobFailureKind.EngineFault, "The server's storage did not take or give a file; the server's log has the details.", fault.CanRetry),
        IOException { HResult: var code } when IsDiskFull(code) =>
            new(JobFailureKind.OutOfResources, "The server's disk is full.", CanRetry: true),
        AggregateException { InnerException: { } inner } => ToFailure(inner),
        _ => new(JobFailureKind.EngineFault, "The engine failed unexpectedly; the server's log has the details.", CanRetry: true),
    };

    private static bool IsDiskFull(int code) =>
        (code & 0xFFFF) == WindowsDiskFull || code is DiskFull or QuotaExceeded;
}
