namespace Kinora.Tensors;

/// <summary>
/// The type of a tensor's elements. Every operation computes in <see cref="Float32"/>; the others store weights, indices and file contents.
/// </summary>
public enum DType
{
    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>The upper half of a binary32: 8 exponent and 7 fraction bits.</summary>
    BFloat16,

    /// <summary>IEEE 754 binary16.</summary>
    Float16,

    /// <summary>
    /// 8 bits: sign, 4 exponent bits (bias 7), 3 fraction bits; no infinities, 0x7F and 0xFF are NaN, the largest number is 448
    /// (<see href="https://arxiv.org/abs/2209.05433">FP8 formats for deep learning</see>, E4M3).
    /// </summary>
    Float8E4M3,

    /// <summary>Signed byte.</summary>
    Int8,

    /// <summary>Unsigned byte.</summary>
    UInt8,

    /// <summary>32-bit integer; the type of indices.</summary>
    Int32,

    /// <summary>64-bit integer.</summary>
    Int64,

    /// <summary>IEEE 754 binary64.</summary>
    Float64,
}
