namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// The right operand of a product: panels [N/32][K][32] in one of the storage formats, one set for all batch entries or one for each.
/// </summary>
internal readonly unsafe struct WeightPanels
{
    private readonly byte* data;
    private readonly long batchBytes;

    /// <summary>Packed weights.</summary>
    public WeightPanels(PackedWeights weights)
    {
        Format = weights.Format;
        data = weights.Panels.Address();
        Depth = weights.Depth;
        Scales = weights.Scales is { } scales ? scales.Floats() : null;
    }

    /// <summary>Panels of floats, one set per batch entry.</summary>
    public WeightPanels(float* panels, long depth, long batchFloats)
    {
        Format = WeightFormat.Float32;
        data = (byte*)panels;
        Depth = depth;
        batchBytes = batchFloats * sizeof(float);
    }

    public WeightFormat Format { get; }

    /// <summary>Rows of a panel.</summary>
    public long Depth { get; }

    /// <summary>Factor of every output channel, or null.</summary>
    public float* Scales { get; }

    /// <summary>The first panel of a batch entry.</summary>
    public byte* Of(long batch) => data + (batch * batchBytes);
}
