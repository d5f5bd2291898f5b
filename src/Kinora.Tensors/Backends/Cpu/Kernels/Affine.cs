using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>y = x · factor + summand for every element, any strides; fused where the processor has it.</summary>
internal static class Affine<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static void Run(CpuContext cpu, Tensor x, float factor, float summand, Tensor output)
    {
        using var check = new OpCheck("Affine");
        check.Input("x", x);
        check.Output("output", output);
        check.Shape("output", output, x.Shape);
        check.Apart("output", output, "x", x, orSame: true);
        Elementwise<S, V>.Map(cpu, new Function(factor, summand), x, output);
    }

    private readonly struct Function(float factor, float summand) : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.MultiplyAdd(a, S.Splat(factor), S.Splat(summand));
    }
}
