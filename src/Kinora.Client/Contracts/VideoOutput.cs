namespace Kinora.Client.Contracts;

/// <summary>The result of every image-to-video endpoint.</summary>
public sealed record VideoOutput
{
    /// <summary>The generated video.</summary>
    public required VideoFile Video { get; init; }

    /// <summary>The seed that the clip was made with: the same input and seed give the same clip. Kinora's own field; null from the hosted service.</summary>
    public long? Seed { get; init; }
}
