namespace Kinora.Jobs;

/// <summary>What the store answers to a <see cref="JobHeartbeat"/>.</summary>
public enum HeartbeatOutcome
{
    /// <summary>The lease holds; go on.</summary>
    Renewed = 0,

    /// <summary>The lease holds, and the owner wants the job stopped: let go, then <see cref="IJobStore.ConfirmCancelledAsync"/>.</summary>
    CancelRequested = 1,

    /// <summary>Another attempt or an end has overtaken this one: stop, and write nothing more.</summary>
    LeaseLost = 2,
}
