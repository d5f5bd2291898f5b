using Kinora.Tensors;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>A run of neighbouring frames [frames, rows, columns, channels] on its way through the autoencoder; possibly a part of a larger block.</summary>
internal sealed class FrameChunk(Tensor owner, Tensor frames) : IDisposable
{
    /// <summary>All of a tensor.</summary>
    public FrameChunk(Tensor owner)
        : this(owner, owner)
    {
    }

    /// <summary>The frames, dense.</summary>
    public Tensor Frames => frames;

    /// <summary>How many.</summary>
    public long Count => frames.Shape[0];

    /// <summary>Frees the block.</summary>
    public void Dispose() => owner.Dispose();
}
