namespace Kinora.Tensors.Backends.Cpu;

/// <summary>The vector instructions that kernels are compiled for.</summary>
public enum InstructionSet
{
    /// <summary>128-bit vectors of whatever the processor has, or plain scalar code.</summary>
    Portable,

    /// <summary>AVX2 with FMA.</summary>
    Avx2,

    /// <summary>AVX-512 F, BW and DQ.</summary>
    Avx512,
}
