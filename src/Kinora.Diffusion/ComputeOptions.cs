namespace Kinora.Diffusion;

/// <summary>How a device is used.</summary>
public sealed record ComputeOptions
{
    /// <summary>Threads, at least 1; the number of processors unless said otherwise.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// How far products may round what they read, where the processor is faster for it; sums stay floats. bfloat16 is twice as fast with AVX-512 BF16 and
    /// changes less than bfloat16 weights do.
    /// </summary>
    public NumberFormat Products { get; init; } = NumberFormat.BFloat16;

    /// <summary>The most that weights and activations may hold, in bytes; four fifths of the process's memory if null.</summary>
    public long? MemoryBudgetBytes { get; init; }
}
