using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Column i in the low and column i + 16 in the high half of word i: one load and two instructions, on units that multiply-adds leave idle.
/// </summary>
internal readonly unsafe struct BFloat16Weights<S, V> : IWeightFormat<V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static int RowBytes => 64;

    public static int ColumnBytes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* row, out V first, out V second)
    {
        S.LoadPairedBFloat16((uint*)row, out first, out second);
    }
}
