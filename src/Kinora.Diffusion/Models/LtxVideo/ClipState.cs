using Kinora.Tensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// A clip while it is being made: its tokens, and in front of them those of keyframes within the clip, which only serve as something to look at.
/// </summary>
internal sealed class ClipState(TensorScope scope, LatentGrid grid, Tensor tokens, float[]? mask, TokenPosition[] positions) : IDisposable
{
    /// <summary>The clip's own grid.</summary>
    public LatentGrid Grid => grid;

    /// <summary>[extra tokens + grid tokens, channels].</summary>
    public Tensor Tokens => tokens;

    /// <summary>How firmly every token is given, 0 to 1; null if none is.</summary>
    public float[]? Mask => mask;

    /// <summary>Where every token lies.</summary>
    public TokenPosition[] Positions => positions;

    /// <summary>The clip's own tokens as [frames, rows, columns, channels].</summary>
    public Tensor Latents => tokens.Slice(0, tokens.Shape[0] - grid.Tokens, grid.Tokens).Reshape([grid.Frames, grid.Rows, grid.Columns, tokens.Shape[1]]);

    /// <summary>Frees the tokens.</summary>
    public void Dispose() => scope.Dispose();
}
