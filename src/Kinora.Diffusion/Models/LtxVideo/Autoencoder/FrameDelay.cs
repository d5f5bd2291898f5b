using Kinora.Tensors;
using Kinora.Tensors.Backends;

namespace Kinora.Diffusion.Models.LtxVideo.Autoencoder;

/// <summary>Holds frames back until the convolutions beside them have caught up, for the paths that lead around them.</summary>
internal sealed class FrameDelay(IBackend backend) : IDisposable
{
    private Tensor? _pending;

    /// <summary>The frames held back and the new ones in one block. If nothing was held back it is the input itself.</summary>
    public FrameChunk Join(FrameChunk input)
    {
        if (_pending is null)
            return new FrameChunk(input.Frames.Slice(0, 0, input.Count));
        var count = _pending.Shape[0];
        var joined = Tensor.Allocate(backend.Memory, DType.Float32, [count + input.Count, .. input.Frames.Shape.AsSpan()[1..]]);
        backend.Copy(_pending, joined.Slice(0, 0, count));
        backend.Copy(input.Frames, joined.Slice(0, count, input.Count));
        return new FrameChunk(joined);
    }

    /// <summary>Holds back all but the first <paramref name="used"/> frames.</summary>
    public void Keep(FrameChunk joined, long used)
    {
        _pending?.Dispose();
        _pending = null;
        var rest = joined.Count - used;
        if (rest <= 0)
            return;
        _pending = Tensor.Allocate(backend.Memory, DType.Float32, [rest, .. joined.Frames.Shape.AsSpan()[1..]]);
        backend.Copy(joined.Frames.Slice(0, used, rest), _pending);
    }

    /// <summary>Forgets the frames.</summary>
    public void Dispose() => _pending?.Dispose();
}
