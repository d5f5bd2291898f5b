namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>How a row of 32 weights is stored in a panel and becomes two vectors in the middle of a register tile.</summary>
internal unsafe interface IWeightFormat<V>
    where V : unmanaged
{
    /// <summary>Bytes of a row.</summary>
    static abstract int RowBytes { get; }

    /// <summary>Bytes from one column's share of a row to the next column's, for the first sixteen columns.</summary>
    static abstract int ColumnBytes { get; }

    /// <summary>As many columns as a vector has lanes from <paramref name="row"/> on, and those sixteen columns further.</summary>
    static abstract void Load(byte* row, out V first, out V second);
}
