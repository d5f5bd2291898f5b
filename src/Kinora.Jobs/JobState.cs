namespace Kinora.Jobs;

/// <summary>
/// Where a job is in its life. <see cref="Queued"/> → <see cref="Running"/> → one of the three ends;
/// a running job goes back to <see cref="Queued"/> when its lease expires, its worker drains or its failure can be retried.
/// An ended job never changes again.
/// </summary>
public enum JobState
{
    /// <summary>Waiting for a worker.</summary>
    Queued = 0,

    /// <summary>Claimed by a worker that holds a lease.</summary>
    Running = 1,

    /// <summary>Ended with an output.</summary>
    Completed = 2,

    /// <summary>Ended with a <see cref="JobFailure"/>.</summary>
    Failed = 3,

    /// <summary>Ended because its owner asked for it.</summary>
    Cancelled = 4,
}
