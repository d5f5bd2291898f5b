using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>A convolution, and before it, if there is one, a norm.</summary>
internal sealed class ConvolutionStage(IBackend backend, StreamedConvolution convolution, NormOptions? norm = null) : IFrameStage
{
    /// <inheritdoc/>
    public FrameChunk Push(FrameChunk input, bool isLast)
    {
        var target = convolution.Open(input.Count, input.Frames.Shape.Frame(), isLast);
        if (norm is null)
            backend.Copy(input.Frames, target);
        else
            backend.RmsNorm(input.Frames, target, norm);
        return convolution.Close();
    }

    /// <inheritdoc/>
    public void Dispose() => convolution.Dispose();
}
