using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>Elementwise functions of two tensors with broadcasting, any strides. Exact but for the one rounding of the operation.</summary>
internal static class Binary<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static void Run(CpuContext cpu, BinaryOp op, Tensor a, Tensor b, Tensor output)
    {
        using var check = new OpCheck($"Binary {op}");
        check.Input("a", a);
        check.Input("b", b);
        check.Output("output", output);
        check.Shape("output", output, Shape.Broadcast($"Binary {op}", a.Shape, b.Shape));
        check.Apart("output", output, "a", a, orSame: true);
        check.Apart("output", output, "b", b, orSame: true);
        switch (op)
        {
            case BinaryOp.Add: Elementwise<S, V>.Map(cpu, default(Add), a, b, output); break;
            case BinaryOp.Subtract: Elementwise<S, V>.Map(cpu, default(Subtract), a, b, output); break;
            case BinaryOp.Multiply: Elementwise<S, V>.Map(cpu, default(Multiply), a, b, output); break;
            case BinaryOp.Divide: Elementwise<S, V>.Map(cpu, default(Divide), a, b, output); break;
            case BinaryOp.Maximum: Elementwise<S, V>.Map(cpu, default(Maximum), a, b, output); break;
            case BinaryOp.Minimum: Elementwise<S, V>.Map(cpu, default(Minimum), a, b, output); break;
            default: throw check.Fail("not a function.");
        }
    }

    private readonly struct Add : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Add(a, b);
    }

    private readonly struct Subtract : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Subtract(a, b);
    }

    private readonly struct Multiply : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Multiply(a, b);
    }

    private readonly struct Divide : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Divide(a, b);
    }

    // Vector instructions drop a NaN of the first operand.
    private readonly struct Maximum : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.KeepNaN(a, S.Max(a, b));
    }

    private readonly struct Minimum : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.KeepNaN(a, S.Min(a, b));
    }
}
