namespace Kinora.Tensors.Backends;

/// <summary>
/// The weights of a linear layer or a convolution in the order in which the kernels read them: panels of 32 output channels, <c>[N/32][K][32]</c>,
/// the last one filled up with zeros. They belong to the kind of back end that packed them. Made once when a model is loaded, by <see cref="IBackend.PackLinear"/> or
/// <see cref="IBackend.PackConvolution"/>, and disposed by the caller.
/// </summary>
public sealed class PackedWeights : IDisposable
{
    internal PackedWeights(WeightFormat format, WeightOrder order, Tensor panels, Shape shape)
    {
        (Format, Order, Panels, Shape) = (format, order, panels, shape);
    }

    /// <summary>How the weights are stored.</summary>
    public WeightFormat Format { get; }

    /// <summary>The shape of the weight they were packed from: [N, K], or [N, C, frames, rows, columns] for convolutions,
    /// [stride, N, C, positions] for transposed ones.</summary>
    public Shape Shape { get; }

    /// <summary>Output channels N.</summary>
    public long Outputs { get; internal init; }

    /// <summary>Bytes held.</summary>
    public long ByteCount => Panels.Storage.ByteCount + (Scales?.Storage.ByteCount ?? 0) + (Sums?.Storage.ByteCount ?? 0);

    /// <summary>The panels, flat.</summary>
    internal Tensor Panels { get; }

    /// <summary>What lies together in a panel.</summary>
    internal WeightOrder Order { get; }

    /// <summary>For <see cref="WeightFormat.Int8"/>: the factor of every output channel, filled up to whole panels.</summary>
    internal Tensor? Scales { get; init; }

    /// <summary>For <see cref="WeightOrder.Quads"/>: the sum of every output channel's whole numbers, filled up to whole panels.</summary>
    internal Tensor? Sums { get; init; }

    /// <summary>Products per output element: K, or channels times kernel positions.</summary>
    internal long Depth { get; init; }

    /// <summary>Steps of a panel: k, pairs of k or quads of k, filled up with zeros at the end (of a convolution: of each tap).</summary>
    internal long Steps { get; init; }

    /// <summary>For convolutions: input channels per block of the panel's order; 0 for linear layers.</summary>
    internal int BlockChannels { get; init; }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Panels.Dispose();
        Scales?.Dispose();
        Sums?.Dispose();
    }
}
