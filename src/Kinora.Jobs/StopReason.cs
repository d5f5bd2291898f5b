namespace Kinora.Jobs;

/// <summary>Why a worker stopped a handler. The first reason counts.</summary>
internal enum StopReason
{
    /// <summary>It was not stopped.</summary>
    None = 0,

    /// <summary>The job's owner asked for it.</summary>
    CancelRequested = 1,

    /// <summary>Another attempt or an end has overtaken it, or the store could not be reached for a whole lease.</summary>
    LeaseLost = 2,

    /// <summary>It ran too long.</summary>
    RunTimeout = 3,

    /// <summary>The worker shuts down.</summary>
    ShuttingDown = 4,
}
