using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>
/// Halves sides, time or both by moving blocks of positions into channels, of a convolution and, averaged over groups of channels, of the input itself.
/// Where time is halved the clip's first frame is doubled before.
/// </summary>
internal sealed class DownsampleStage(IBackend backend, StreamedConvolution convolution, AutoencoderBlock block) : IFrameStage
{
    private readonly FrameDelay _delay = new(backend);
    private bool _hasBegun;

    /// <inheritdoc/>
    public FrameChunk Push(FrameChunk input, bool isLast)
    {
        using var joined = _delay.Join(input);
        var doubled = block.Time == 2 && !_hasBegun ? 1 : 0;
        var rest = (joined.Count + doubled) % block.Time;
        var count = joined.Count + doubled - rest;
        _delay.Keep(joined, joined.Count - rest);
        if (isLast && rest > 0)
            throw new DiffusionException("A clip to be encoded must have 8k + 1 frames.");
        if (count == 0)
            return new FrameChunk(Tensor.Allocate(backend.Memory, DType.Float32, [0, .. input.Frames.Shape.Frame()]));
        _hasBegun = true;
        var target = convolution.Open(count, input.Frames.Shape.Frame(), isLast);
        backend.Copy(joined.Frames.Slice(0, 0, count - doubled), target.Slice(0, doubled, count - doubled));
        if (doubled > 0)
            backend.Copy(joined.Frames.Slice(0, 0, 1), target.Slice(0, 0, 1));

        // Average the input's blocks before the window is closed, then add the convolution's.
        Shape shape = [1, count / block.Time, input.Frames.Shape[1] / block.Space, input.Frames.Shape[2] / block.Space, block.OutputChannels];
        using var skip = Averaged(target, shape);
        using var deep = convolution.Close();
        var output = Tensor.Allocate(backend.Memory, DType.Float32, shape);
        backend.SpaceToDepth(deep.Frames.Reshape([1, .. deep.Frames.Shape]), output);
        backend.Binary(BinaryOp.Add, output, skip, output);
        return new FrameChunk(output, output.Reshape([.. shape.AsSpan()[1..]]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        convolution.Dispose();
        _delay.Dispose();
    }

    private Tensor Averaged(Tensor frames, Shape shape)
    {
        var groups = block.Channels * block.Volume / block.OutputChannels;
        Shape wide = [1, shape[1], shape[2], shape[3], block.Channels * block.Volume];
        var moved = Tensor.Allocate(backend.Memory, DType.Float32, wide);
        backend.SpaceToDepth(frames.Reshape([1, .. frames.Shape]), moved);
        if (groups == 1)
            return moved;
        using (moved)
        {
            var averaged = Tensor.Allocate(backend.Memory, DType.Float32, shape);
            var positions = shape[1] * shape[2] * shape[3];
            backend.Reduce(ReduceOp.Mean, moved.Reshape([positions * block.OutputChannels, groups]), averaged.Reshape([positions * block.OutputChannels, 1]));
            return averaged;
        }
    }
}
