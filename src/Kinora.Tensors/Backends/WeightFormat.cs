namespace Kinora.Tensors.Backends;

/// <summary>How packed weights are stored. Products are computed in <see cref="DType.Float32"/> whatever the format.</summary>
public enum WeightFormat
{
    /// <summary>4 bytes per weight, exact.</summary>
    Float32,

    /// <summary>2 bytes per weight, rounded to nearest even.</summary>
    BFloat16,

    /// <summary>1 byte per weight, scaled per output channel so that the largest is ±127, rounded to nearest even.</summary>
    Int8,
}
