using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// Runs a function over tensors of one shape: vectors where everything is dense (or one operand is a single number), one element at a time where
/// strides are not. Both ways compute with the same vector instructions, so an element's result does not depend on where it lies.
/// </summary>
internal static unsafe class Elementwise<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    /// <summary>y = f(x).</summary>
    public static void Map<F>(CpuContext cpu, F f, Tensor x, Tensor output)
        where F : struct, IVectorFunction<V>
    {
        var loop = new ElementLoop(output.Shape, x.Layout, output.Layout);
        var source = x.Floats();
        var target = output.Floats();
        var step = loop.Step(0);
        var targetStep = loop.Step(1);
        loop.For(cpu.Team, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (a, b, _, count) => Run(f, source + a, step, null, 0, target + b, targetStep, count));
    }

    /// <summary>y = f(a, b).</summary>
    public static void Map<F>(CpuContext cpu, F f, Tensor a, Tensor b, Tensor output)
        where F : struct, IVectorFunction<V>
    {
        var loop = new ElementLoop(output.Shape, a.Layout.Expand(output.Shape), b.Layout.Expand(output.Shape), output.Layout);
        var left = a.Floats();
        var right = b.Floats();
        var target = output.Floats();
        var (leftStep, rightStep, targetStep) = (loop.Step(0), loop.Step(1), loop.Step(2));
        loop.For(cpu.Team, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (i, j, k, count) => Run(f, left + i, leftStep, right + j, rightStep, target + k, targetStep, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<F>(F f, float* a, long aStep, float* b, long bStep, float* y, long yStep, long count)
        where F : struct, IVectorFunction<V>
    {
        long i = 0;
        if (yStep == 1 && aStep == 1 && (b == null || bStep == 1))
        {
            for (; i + S.Lanes <= count; i += S.Lanes)
                S.Store(y + i, f.Apply(S.Load(a + i), b == null ? default : S.Load(b + i)));
        }
        else if (yStep == 1 && aStep is 0 or 1 && bStep is 0 or 1)
        {
            for (; i + S.Lanes <= count; i += S.Lanes)
                S.Store(y + i, f.Apply(aStep == 0 ? S.Splat(*a) : S.Load(a + i), b == null ? default : bStep == 0 ? S.Splat(*b) : S.Load(b + i)));
        }

        float result;
        for (; i < count; i++)
        {
            S.StorePart(&result, f.Apply(S.Splat(a[i * aStep]), b == null ? default : S.Splat(b[i * bStep])), 1);
            y[i * yStep] = result;
        }
    }
}
