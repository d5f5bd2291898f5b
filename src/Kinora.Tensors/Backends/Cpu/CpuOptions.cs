namespace Kinora.Tensors.Backends.Cpu;

/// <summary>How the CPU back end uses the machine.</summary>
public sealed record CpuOptions
{
    /// <summary>Threads that work on one operation, the calling one included; at least 1. The number of processors unless said otherwise.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The instruction set; the best one the processor has if null. Asking for one it has not is an error.</summary>
    public InstructionSet? InstructionSet { get; init; }

    /// <summary>How far products may round what they read; not at all unless said otherwise.</summary>
    public ProductPrecision Precision { get; init; }

    /// <summary>The most that tensors may hold, in bytes; four fifths of the memory that the process may use unless said otherwise.</summary>
    public long MemoryBudgetBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5 * 4;
}
