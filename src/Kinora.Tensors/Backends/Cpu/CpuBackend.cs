using System.Runtime.Intrinsics;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu;

/// <summary>Makes back ends that compute on this machine's processors.</summary>
public static class CpuBackend
{
    /// <summary>The instruction sets that this processor and runtime have, slowest first.</summary>
    public static IReadOnlyList<InstructionSet> Available { get; } =
        [.. Enum.GetValues<InstructionSet>().Where(set => set switch { InstructionSet.Avx512 => Simd512.IsSupported, InstructionSet.Avx2 => Simd256.IsSupported, _ => true })];

    /// <summary>Makes a back end; its instruction set is chosen here, once.</summary>
    /// <param name="options">Threads, instruction set, memory; all defaults if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no threads, the budget is negative, or the precision is none.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor has not the wanted instruction set, or is big-endian.</exception>
    public static IBackend Create(CpuOptions? options = null)
    {
        options ??= new CpuOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, nameof(options));
        if (!Enum.IsDefined(options.Precision))
            throw new ArgumentOutOfRangeException(nameof(options), options.Precision, "Not a precision.");
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("The CPU back end needs a little-endian processor.");
        var set = options.InstructionSet ?? Available[^1];
        if (!Available.Contains(set))
            throw new PlatformNotSupportedException($"This processor has no {set}; it has {string.Join(", ", Available)}.");
        var context = new CpuContext(new TensorMemory(options.MemoryBudgetBytes), new ThreadTeam(options.Threads), set, options.Precision);
        return set switch
        {
            InstructionSet.Avx512 => new CpuBackend<Simd512, Vector512<float>>(context),
            InstructionSet.Avx2 => new CpuBackend<Simd256, Vector256<float>>(context),
            _ => new CpuBackend<Simd128, Vector128<float>>(context),
        };
    }
}
