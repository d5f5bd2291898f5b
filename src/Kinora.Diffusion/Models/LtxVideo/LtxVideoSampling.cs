using Kinora.Diffusion.Guidance;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>How one pass turns noise into a clip.</summary>
public sealed record LtxVideoSampling
{
    /// <summary>The noise levels, one per step, falling, from 1 (from a lower one for a second pass); a final 0 is understood.</summary>
    public required IReadOnlyList<float> Sigmas { get; init; }

    /// <summary>The guidance; none for distilled models.</summary>
    public GuidanceSchedule Guidance { get; init; } = GuidanceSchedule.None;

    /// <summary>Whether every step draws fresh noise, as the 0.9.6 distilled model wants.</summary>
    public bool IsStochastic { get; init; }

    /// <summary>How far extreme latents are pulled in before decoding, 0 to 1; 0 is off.</summary>
    public float ToneMapping { get; init; }
}
