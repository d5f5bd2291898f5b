using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>
/// Doubles sides and time by moving channels into blocks of positions, of a convolution and, with its channels repeated, of the input itself. The
/// clip's first frame, of which there would be two, is left out once.
/// </summary>
internal sealed class UpsampleStage(IBackend backend, StreamedConvolution convolution, AutoencoderBlock block) : IFrameStage
{
    private readonly FrameDelay _delay = new(backend);
    private bool _hasBegun;

    /// <inheritdoc/>
    public FrameChunk Push(FrameChunk input, bool isLast)
    {
        backend.Copy(input.Frames, convolution.Open(input.Count, input.Frames.Shape.Frame(), isLast));
        using var deep = convolution.Close();
        using var joined = _delay.Join(input);
        var (count, rows, columns) = (deep.Count, input.Frames.Shape[1], input.Frames.Shape[2]);
        if (block.HasSkip && count > 0)
        {
            // With channels still deep, the input repeated along channels is what has to be added.
            var repeats = deep.Frames.Shape[3] / block.Channels;
            var spread = deep.Frames.Reshape([count, rows, columns, repeats, block.Channels]);
            backend.Binary(BinaryOp.Add, spread, joined.Frames.Slice(0, 0, count).Reshape([count, rows, columns, 1, block.Channels]), spread);
        }

        _delay.Keep(joined, count);
        return Spread(deep, count, rows, columns);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        convolution.Dispose();
        _delay.Dispose();
    }

    private FrameChunk Spread(FrameChunk deep, long count, long rows, long columns)
    {
        Shape shape = [count * block.Time, rows * block.Space, columns * block.Space, block.OutputChannels];
        var output = Tensor.Allocate(backend.Memory, DType.Float32, shape);
        if (count == 0)
            return new FrameChunk(output);
        backend.DepthToSpace(deep.Frames.Reshape([1, .. deep.Frames.Shape]), output.Reshape([1, .. shape]));
        var dropped = block.Time == 2 && !_hasBegun ? 1 : 0;
        _hasBegun = true;
        return new FrameChunk(output, output.Slice(0, dropped, shape[0] - dropped));
    }
}
