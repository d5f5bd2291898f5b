using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>
/// A residual layer: x + conv2(act(norm(conv1(act(norm(x)))))), act = SiLU, the norm over the channels of every pixel; in the decoder the norms are
/// scaled and shifted by the noise level.
/// </summary>
internal sealed class ResidualStage(IBackend backend, StreamedConvolution first, NormOptions firstNorm, StreamedConvolution second, NormOptions secondNorm) : IFrameStage
{
    private readonly FrameDelay _delay = new(backend);

    /// <inheritdoc/>
    public FrameChunk Push(FrameChunk input, bool isLast)
    {
        var frame = input.Frames.Shape.Frame();
        backend.RmsNorm(input.Frames, first.Open(input.Count, frame, isLast), firstNorm);
        using var hidden = first.Close();
        using var joined = _delay.Join(input);
        if (hidden.Count == 0)
        {
            _delay.Keep(joined, 0);
            return new FrameChunk(Tensors.Tensor.Allocate(backend.Memory, Tensors.DType.Float32, [0, .. frame]));
        }

        backend.RmsNorm(hidden.Frames, second.Open(hidden.Count, frame, isLast), secondNorm);
        var output = second.Close(joined.Frames);
        _delay.Keep(joined, output.Count);
        return output;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        _delay.Dispose();
    }
}
