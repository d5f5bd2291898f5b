namespace Kinora.Jobs.Limits;

/// <summary>How many jobs may run at once. Jobs above it wait; those that run already go on.</summary>
/// <param name="Kind">What is counted.</param>
/// <param name="Name">Which endpoint or owner; <see cref="Each"/> for every one without a limit of its own; empty for the whole queue.</param>
/// <param name="MostRunning">0 or more; 0 lets nothing start. At least 1 for <see cref="Each"/>.</param>
public sealed record QueueLimit(QueueLimitKind Kind, string Name, int MostRunning)
{
    /// <summary>The name that stands for every endpoint or owner without a limit of its own.</summary>
    public const string Each = "*";

    /// <summary>The limit that pauses the queue.</summary>
    public static QueueLimit Pause { get; } = new(QueueLimitKind.Queue, "", 0);
}
