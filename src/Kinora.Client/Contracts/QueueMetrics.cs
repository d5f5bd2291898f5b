namespace Kinora.Client.Contracts;

/// <summary>What was measured of a request.</summary>
public sealed record QueueMetrics
{
    /// <summary>Seconds from the start of the work to its end; null and not written before that.</summary>
    public double? InferenceTime { get; init; }
}
