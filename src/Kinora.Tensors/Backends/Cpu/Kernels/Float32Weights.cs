using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Weights as floats, one behind the other.</summary>
internal readonly unsafe struct Float32Weights<S, V> : IWeightFormat<V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static int RowBytes => 128;

    public static int ColumnBytes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* row, out V first, out V second)
    {
        first = S.Load((float*)row);
        second = S.Load((float*)row + 16);
    }
}
