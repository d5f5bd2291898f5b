using Kinora.Tensors;

namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>
/// What the transformer needs of a prompt: keys and values of every block's cross-attention. They do not depend on the video, so they are computed once
/// per request.
/// </summary>
internal sealed class LtxVideoContext(TensorScope scope, IReadOnlyList<(Tensor Keys, Tensor Values)> layers) : IDisposable
{
    /// <summary>For every block, keys and values [tokens, width].</summary>
    public IReadOnlyList<(Tensor Keys, Tensor Values)> Layers => layers;

    /// <summary>Frees the tensors.</summary>
    public void Dispose() => scope.Dispose();
}
