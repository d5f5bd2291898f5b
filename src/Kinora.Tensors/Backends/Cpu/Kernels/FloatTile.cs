using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Activations as floats: the register tile of fused multiply-adds. A step is one k.</summary>
internal readonly unsafe struct FloatTile<S, V, W> : ITile
    where S : struct, ISimd<V>
    where V : unmanaged
    where W : struct, IWeightFormat<V>
{
    public static int RowBytes => W.RowBytes;

    public static int Together => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(int rows, float* a, nint aStep, byte* b, float* c, nint cStep, in DepthBlock block, bool accumulate, byte* next, nint nextStep) =>
        RegisterTile<S, V, W>.Multiply(rows, a, aStep, b, c, cStep, block.Depth, block.Taps, block.TapCount, accumulate, next, nextStep);
}
