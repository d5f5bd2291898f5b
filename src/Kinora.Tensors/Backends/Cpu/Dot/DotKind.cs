namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>What a word of a dot product's operands holds.</summary>
internal enum DotKind
{
    /// <summary>Two bfloat16; sums are floats.</summary>
    BFloat16,

    /// <summary>Four bytes, unsigned times signed; sums are 32-bit integers.</summary>
    Int8,
}
