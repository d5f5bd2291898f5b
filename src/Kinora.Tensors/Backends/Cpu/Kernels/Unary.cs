using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Elementwise functions of one tensor, any strides. sin, cos and ln go through the runtime's scalar functions, the rest is vector code (see
/// <see cref="VectorMath{S, V}"/>). Tolerance against the naive twin: 10⁻⁶ of the largest result.
/// </summary>
internal static unsafe class Unary<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    public static void Run(CpuContext cpu, UnaryOp op, Tensor x, Tensor output)
    {
        using var check = new OpCheck($"Unary {op}");
        check.Input("x", x);
        check.Output("output", output);
        check.Shape("output", output, x.Shape);
        check.Apart("output", output, "x", x, orSame: true);
        switch (op)
        {
            case UnaryOp.Negate: Elementwise<S, V>.Map(cpu, default(Negate), x, output); break;
            case UnaryOp.Abs: Elementwise<S, V>.Map(cpu, default(Abs), x, output); break;
            case UnaryOp.Square: Elementwise<S, V>.Map(cpu, default(Square), x, output); break;
            case UnaryOp.Sqrt: Elementwise<S, V>.Map(cpu, default(Sqrt), x, output); break;
            case UnaryOp.Exp: Elementwise<S, V>.Map(cpu, default(Exp), x, output); break;
            case UnaryOp.Log: Elementwise<S, V>.Map(cpu, new Scalar(&MathF.Log), x, output); break;
            case UnaryOp.Sin: Elementwise<S, V>.Map(cpu, new Scalar(&MathF.Sin), x, output); break;
            case UnaryOp.Cos: Elementwise<S, V>.Map(cpu, new Scalar(&MathF.Cos), x, output); break;
            case UnaryOp.Tanh: Elementwise<S, V>.Map(cpu, default(Tanh), x, output); break;
            case UnaryOp.Sigmoid: Elementwise<S, V>.Map(cpu, default(Sigmoid), x, output); break;
            case UnaryOp.Silu: Elementwise<S, V>.Map(cpu, default(Silu), x, output); break;
            case UnaryOp.GeluTanh: Elementwise<S, V>.Map(cpu, default(Gelu), x, output); break;
            case UnaryOp.Relu: Elementwise<S, V>.Map(cpu, default(Relu), x, output); break;
            default: throw check.Fail("not a function.");
        }
    }

    private readonly struct Negate : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Subtract(S.Splat(-0f), a);
    }

    private readonly struct Abs : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Abs(a);
    }

    private readonly struct Square : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Multiply(a, a);
    }

    private readonly struct Sqrt : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Sqrt(a);
    }

    private readonly struct Exp : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => VectorMath<S, V>.Exp(a);
    }

    private readonly struct Tanh : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => VectorMath<S, V>.Tanh(a);
    }

    private readonly struct Sigmoid : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => VectorMath<S, V>.Sigmoid(a);
    }

    private readonly struct Silu : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => VectorMath<S, V>.Silu(a);
    }

    private readonly struct Gelu : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => VectorMath<S, V>.GeluTanh(a);
    }

    private readonly struct Relu : IVectorFunction<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V a, V b) => S.Max(S.Splat(0), a);
    }

    private readonly struct Scalar(delegate*<float, float> function) : IVectorFunction<V>
    {
        public V Apply(V a, V b)
        {
            var lanes = stackalloc float[S.Lanes];
            S.Store(lanes, a);
            for (var i = 0; i < S.Lanes; i++)
                lanes[i] = function(lanes[i]);
            return S.Load(lanes);
        }
    }
}
