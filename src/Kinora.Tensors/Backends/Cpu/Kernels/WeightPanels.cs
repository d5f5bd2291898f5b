namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// The right operand of a product: panels [N/32][K][32] in one of the storage formats, one set for all batch entries or one for each.
/// </summary>
internal readonly unsafe struct WeightPanels
{
    private readonly byte* _data;
    private readonly long _batchBytes;

    /// <summary>Packed weights.</summary>
    public WeightPanels(PackedWeights weights)
    {
        Format = weights.Format;
        _data = weights.Panels.Address();
        Order = weights.Order;
        Steps = weights.Steps;
        Sums = weights.Sums is { } sums ? (int*)sums.Address() : null;
        Scales = weights.Scales is { } scales ? scales.Floats() : null;
    }

    /// <summary>Panels of floats, one set per batch entry.</summary>
    public WeightPanels(float* panels, long depth, long batchFloats)
    {
        Format = WeightFormat.Float32;
        _data = (byte*)panels;
        Steps = depth;
        _batchBytes = batchFloats * sizeof(float);
    }

    public WeightFormat Format { get; }

    /// <summary>What lies together in a panel.</summary>
    public WeightOrder Order { get; }

    /// <summary>Steps of a panel: rows, or words of a column.</summary>
    public long Steps { get; }

    /// <summary>For quads: the sum of every output channel's weights, or null.</summary>
    public int* Sums { get; }

    /// <summary>Factor of every output channel, or null.</summary>
    public float* Scales { get; }

    /// <summary>The first panel of a batch entry.</summary>
    public byte* Of(long batch) => _data + (batch * _batchBytes);
}
