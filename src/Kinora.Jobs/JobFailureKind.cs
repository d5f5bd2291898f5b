namespace Kinora.Jobs;

/// <summary>Why a job failed. The set is closed: HTTP status, metric label, retry and webhook body derive from it.</summary>
public enum JobFailureKind
{
    /// <summary>The input was refused; <see cref="JobFailure.Detail"/> lists every violation. Never retried.</summary>
    InvalidInput = 0,

    /// <summary>The job did not start within the time its owner allowed. Never retried.</summary>
    StartTimeout = 1,

    /// <summary>The job ran longer than the server allows. Never retried.</summary>
    RunTimeout = 2,

    /// <summary>The worker vanished (its lease expired) in every allowed attempt.</summary>
    WorkerLost = 3,

    /// <summary>Memory or disk ran out.</summary>
    OutOfResources = 4,

    /// <summary>The engine failed for a reason that is not the caller's.</summary>
    EngineFault = 5,

    /// <summary>The job's owner asked for this failure, to test their own program; <see cref="JobFailure.Detail"/> names it.</summary>
    Injected = 6,
}
