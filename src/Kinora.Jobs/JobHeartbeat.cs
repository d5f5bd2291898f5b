namespace Kinora.Jobs;

/// <summary>What a worker tells the store about a job that it is running.</summary>
public sealed record JobHeartbeat
{
    /// <summary>The job.</summary>
    public required Guid Id { get; init; }

    /// <summary>The fencing token: the attempt that the worker runs.</summary>
    public required int Attempt { get; init; }

    /// <summary>How long from now the claim holds without another heartbeat.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>How far it is; null leaves the stored progress as it is.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>Log lines since the last heartbeat, oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset Timestamp, JobLogLevel Level, string Message)> Log { get; init; } = [];
}
