namespace Kinora.Tensors.Backends;

/// <summary>
/// The weights of a linear layer or a convolution in the order in which the kernels read them: panels of 32 output channels, <c>[N/32][K][32]</c>,
/// the last one filled up with zeros. Made once when a model is loaded, by <see cref="IBackend.PackLinear"/> or
/// <see cref="IBackend.PackConvolution"/>, and disposed by the caller.
/// </summary>
public sealed class PackedWeights : IDisposable
{
    internal PackedWeights(Tensor panels, Tensor? scales, WeightFormat format, Shape shape, long outputs, int blockChannels, long depth)
    {
        (Panels, Scales, Format, Shape, Outputs, BlockChannels, Depth) = (panels, scales, format, shape, outputs, blockChannels, depth);
    }

    /// <summary>How the weights are stored.</summary>
    public WeightFormat Format { get; }

    /// <summary>The shape of the weight they were packed from: [N, K], or [N, C, frames, rows, columns] for convolutions,
    /// [stride, N, C, positions] for transposed ones.</summary>
    public Shape Shape { get; }

    /// <summary>Output channels N.</summary>
    public long Outputs { get; }

    /// <summary>Bytes held.</summary>
    public long ByteCount => Panels.Storage.ByteCount + (Scales?.Storage.ByteCount ?? 0);

    /// <summary>The panels, flat.</summary>
    internal Tensor Panels { get; }

    /// <summary>For <see cref="WeightFormat.Int8"/>: the factor of every output channel, filled up to whole panels.</summary>
    internal Tensor? Scales { get; }

    /// <summary>Products per output element: K, or channels times kernel positions.</summary>
    internal long Depth { get; }

    /// <summary>For convolutions: input channels per block of the panel's order; 0 for linear layers.</summary>
    internal int BlockChannels { get; }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Panels.Dispose();
        Scales?.Dispose();
    }
}
