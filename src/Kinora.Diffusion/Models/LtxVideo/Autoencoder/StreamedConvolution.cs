using Kinora.Diffusion.Layers;
using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>
/// A 3×3×3 convolution over frames that come in pieces. It keeps its last two input frames; the first frame is repeated before the clip (twice if
/// causal, else once) and, if not causal, the last one behind it. What is to be convolved is written straight into its window.
/// </summary>
internal sealed class StreamedConvolution(IBackend backend, ConvolutionLayer layer, bool isCausal, PaddingMode space) : IDisposable
{
    private const int Reach = 2;

    private readonly ConvolutionOptions _options = new() { PadRows = (1, 1), PadColumns = (1, 1), SpaceMode = space };
    private Tensor? _carried;
    private Tensor? _window;
    private (long First, long Count, bool IsLast) _fresh;

    /// <summary>Makes room for new frames [count, rows, columns, channels] and gives the place to write them to.</summary>
    public Tensor Open(long count, Shape frame, bool isLast)
    {
        var before = _carried is not null ? Reach : isCausal ? 2 : 1;
        _fresh = (before, count, isLast);
        _window = Tensor.Allocate(backend.Memory, DType.Float32, [before + count + (isLast && !isCausal ? 1 : 0), .. frame]);
        return _window.Slice(0, before, count);
    }

    /// <summary>Convolves what is ready, possibly no frame at all, and adds the first frames of a residual.</summary>
    public FrameChunk Close(Tensor? residual = null)
    {
        using var input = _window!;
        _window = null;
        FillEdges(input);
        var frames = input.Shape[0] - Reach;
        var output = Tensor.Allocate(backend.Memory, DType.Float32, [frames, input.Shape[1], input.Shape[2], layer.Outputs]);
        try
        {
            if (frames > 0)
                layer.Run(backend, Batch(input), Batch(output), _options, residual is null ? null : new Epilogue { Residual = Batch(residual.Slice(0, 0, frames)) });
            Carry(input);
            return new FrameChunk(output);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Forgets the clip.</summary>
    public void Dispose()
    {
        _carried?.Dispose();
        _window?.Dispose();
    }

    private void FillEdges(Tensor input)
    {
        var (first, count, isLast) = _fresh;
        if (_carried is not null)
            backend.Copy(_carried, input.Slice(0, 0, Reach));
        for (long i = 0; _carried is null && i < first; i++)
            backend.Copy(input.Slice(0, first, 1), input.Slice(0, i, 1));
        if (isLast && !isCausal)
            backend.Copy(input.Slice(0, first + count - 1, 1), input.Slice(0, first + count, 1));
    }

    private void Carry(Tensor input)
    {
        if (_fresh.IsLast)
            return;
        _carried ??= Tensor.Allocate(backend.Memory, DType.Float32, [Reach, input.Shape[1], input.Shape[2], input.Shape[3]]);
        backend.Copy(input.Slice(0, input.Shape[0] - Reach, Reach), _carried);
    }

    private static Tensor Batch(Tensor frames) => frames.Reshape([1, .. frames.Shape]);
}
