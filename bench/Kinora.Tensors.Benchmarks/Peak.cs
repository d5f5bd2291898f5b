using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Benchmarks;

/// <summary>The fastest that fused multiply-adds can go: twelve independent chains in registers.</summary>
internal static unsafe class Peak<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    /// <summary>Floating point operations of <c>Run(1)</c>, in 10⁹.</summary>
    public static double Work => 12 * 2 * S.Lanes / 1e9;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Run(long steps)
    {
        V m = S.Splat(0.999f), b = S.Splat(0.001f);
        V c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b, c7 = b, c8 = b, c9 = b, c10 = b, c11 = b;
        for (long i = 0; i < steps; i++)
        {
            c0 = S.MultiplyAdd(c0, m, b);
            c1 = S.MultiplyAdd(c1, m, b);
            c2 = S.MultiplyAdd(c2, m, b);
            c3 = S.MultiplyAdd(c3, m, b);
            c4 = S.MultiplyAdd(c4, m, b);
            c5 = S.MultiplyAdd(c5, m, b);
            c6 = S.MultiplyAdd(c6, m, b);
            c7 = S.MultiplyAdd(c7, m, b);
            c8 = S.MultiplyAdd(c8, m, b);
            c9 = S.MultiplyAdd(c9, m, b);
            c10 = S.MultiplyAdd(c10, m, b);
            c11 = S.MultiplyAdd(c11, m, b);
        }

        return S.Sum(S.Add(S.Add(S.Add(c0, c1), S.Add(c2, c3)), S.Add(S.Add(S.Add(c4, c5), S.Add(c6, c7)), S.Add(S.Add(c8, c9), S.Add(c10, c11)))));
    }
}
