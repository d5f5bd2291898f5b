using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Diffusion.Guidance;

/// <summary>How the velocity of one step is guided. The default is no guidance: one pass.</summary>
public sealed record GuidanceStep
{
    /// <summary>
    /// Away from the negative prompt (<see href="https://arxiv.org/abs/2207.12598">classifier-free guidance</see>): v = u + g·(t - u). 1 is off.
    /// </summary>
    public float Scale { get; init; } = 1;

    /// <summary>Whether the negative prediction is first scaled to fit the positive one
    /// (<see href="https://arxiv.org/abs/2503.18886">CFG-Zero*</see>).</summary>
    public bool IsStar { get; init; }

    /// <summary>Away from a perturbed pass (<see href="https://arxiv.org/abs/2411.18664">STG</see>): v += s·(t - p). 0 is off.</summary>
    public float PerturbationScale { get; init; }

    /// <summary>The blocks that the perturbed pass skips.</summary>
    public IReadOnlyList<int> SkippedBlocks { get; init; } = [];

    /// <summary>What it skips in them.</summary>
    public SkipMode SkipMode { get; init; }

    /// <summary>
    /// With perturbation: how far the deviation of the result is brought back to that of the plain prediction
    /// (<see href="https://arxiv.org/abs/2305.08891">rescaling</see>), 0 to 1.
    /// </summary>
    public float Rescale { get; init; }

    /// <summary>True if there is a pass with the negative prompt.</summary>
    public bool NeedsNegative => Scale is not 1;

    /// <summary>True if there is a perturbed pass.</summary>
    public bool NeedsPerturbed => PerturbationScale is not 0 && SkippedBlocks.Count > 0;
}
