namespace Kinora.Jobs;

/// <summary>How serious a <see cref="JobLogLine"/> is.</summary>
public enum JobLogLevel
{
    /// <summary>Detail for debugging.</summary>
    Debug = 0,

    /// <summary>What happens.</summary>
    Info = 1,

    /// <summary>Something was ignored or replaced.</summary>
    Warning = 2,

    /// <summary>Why the job failed.</summary>
    Error = 3,
}
