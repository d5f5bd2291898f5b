namespace Kinora.Media.Ffmpeg;

/// <summary>What the kernel lets a child process use (setrlimit(2)); null leaves a resource unlimited.</summary>
internal sealed record ChildLimits
{
    /// <summary>No limits: for children that only see bytes made here.</summary>
    public static ChildLimits None { get; } = new();

    /// <summary>
    /// Address space in bytes (RLIMIT_AS). Linux has no limit on resident memory of one process, so this is the one that holds;
    /// ffmpeg with its shared libraries maps about 0.4 GB before it allocates anything.
    /// </summary>
    public long? AddressSpaceBytes { get; init; }

    /// <summary>Processor time over all threads (RLIMIT_CPU), rounded up to whole seconds.</summary>
    public TimeSpan? ProcessorTime { get; init; }

    /// <summary>Largest file the child may write, in bytes (RLIMIT_FSIZE); pipes do not count.</summary>
    public long? FileBytes { get; init; }
}
