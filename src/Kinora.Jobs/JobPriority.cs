namespace Kinora.Jobs;

/// <summary>The order in which workers take queued jobs; within a priority the oldest goes first.</summary>
public enum JobPriority
{
    /// <summary>The default.</summary>
    Normal = 0,

    /// <summary>Behind every <see cref="Normal"/> job.</summary>
    Low = 1,
}
