namespace Kinora.Jobs;

/// <summary>What became of a request to cancel.</summary>
public enum CancelOutcome
{
    /// <summary>The job was queued and is cancelled now, or its worker has been asked to stop.</summary>
    Requested = 0,

    /// <summary>The job had ended before.</summary>
    AlreadyEnded = 1,

    /// <summary>There is no such job.</summary>
    NotFound = 2,
}
