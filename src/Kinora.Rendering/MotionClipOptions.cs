namespace Kinora.Rendering;

/// <summary>How a clip is computed; nothing here changes a byte of it.</summary>
public sealed record MotionClipOptions
{
    /// <summary>Threads that analysis and one frame may use, at least 1. Default: one per processor, at most 4.</summary>
    public int Threads { get; init; } = Math.Min(4, Environment.ProcessorCount);
}
