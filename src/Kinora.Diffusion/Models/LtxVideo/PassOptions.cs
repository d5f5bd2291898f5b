namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>How one pass through the transformer differs from the plain one.</summary>
internal sealed record PassOptions
{
    /// <summary>Blocks that are perturbed; none unless said otherwise.</summary>
    public IReadOnlyList<int> SkippedBlocks { get; init; } = [];

    /// <summary>What is left out in them.</summary>
    public SkipMode SkipMode { get; init; }

    /// <summary>Pushes cross-attention away from this prompt, or null.</summary>
    public (LtxVideoContext Negative, Guidance.AttentionGuidance Strength)? AwayFrom { get; init; }

    /// <summary>Told after every block: blocks done.</summary>
    public Action<int>? BlockDone { get; init; }
}
