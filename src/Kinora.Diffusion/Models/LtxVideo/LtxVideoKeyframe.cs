namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>What the clip shall show at some place: a still, or a piece of film.</summary>
public sealed record LtxVideoKeyframe
{
    /// <summary>The video frame it begins at, from 0; a piece of film not at the start begins at a multiple of 8.</summary>
    public required int FrameIndex { get; init; }

    /// <summary>One still, or 8k + 1 frames of film, at least 9 unless at the start.</summary>
    public required IReadOnlyList<RgbFrame> Frames { get; init; }

    /// <summary>How firmly: 1 is shown as it is, less leaves freedom; 0 to 1.</summary>
    public float Strength { get; init; } = 1;

    /// <summary>True if the frames have the clip's size and look like video already: they are then taken as they are.</summary>
    public bool IsPrepared { get; init; }
}
