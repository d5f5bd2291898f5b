namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// Decodes a picture in overlapping parts that are faded into each other, as the reference implementation does, for frames so large that even a few of
/// them do not fit into memory. Parts do not see each other, so results differ a little; in time, streaming needs no parts and is exact.
/// </summary>
public sealed record LtxVideoTiling
{
    /// <summary>Pixels of a part's side, a multiple of 32.</summary>
    public int Side { get; init; } = 512;

    /// <summary>Pixels from one part to the next, a multiple of 32, below <see cref="Side"/>; the rest is faded.</summary>
    public int Stride { get; init; } = 448;

    /// <summary>Video frames of a part, a multiple of 8, and frames from one to the next, a multiple of 8 below it; null for all frames at once.</summary>
    public (int Frames, int Stride)? Time { get; init; }
}
