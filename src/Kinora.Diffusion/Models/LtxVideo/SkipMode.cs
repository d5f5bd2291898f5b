namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// What a perturbed pass leaves out in the chosen blocks (<see href="https://arxiv.org/abs/2411.18664">spatio-temporal guidance</see>).
/// </summary>
public enum SkipMode
{
    /// <summary>Self-attention gives its values as they are: every token sees only itself.</summary>
    AttentionValues,

    /// <summary>Self-attention gives its input.</summary>
    AttentionSkip,

    /// <summary>The self-attention part is left out.</summary>
    Residual,

    /// <summary>The whole block is left out.</summary>
    Block,
}
