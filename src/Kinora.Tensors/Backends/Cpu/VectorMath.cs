using System.Runtime.CompilerServices;
using Kinora.Tensors.Backends.Cpu.Simd;

namespace Kinora.Tensors.Backends.Cpu;

/// <summary>Exponentials and what is made of them, a vector at a time. NaN goes through; infinities give the limits.</summary>
internal static class VectorMath<S, V>
    where S : struct, ISimd<V>
    where V : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>
    /// 2ˣ, relative error below 2·10⁻⁷: round to n + f, a polynomial of degree 5 on [-½, ½] (interpolated at Chebyshev nodes), scale by 2ⁿ.
    /// </summary>
    [MethodImpl(Inline)]
    public static V Exp2(V x) => Exp2OfNegative(S.Min(S.Splat(129), x));

    /// <summary>As <see cref="Exp2"/> for x up to 129, which negative numbers are.</summary>
    [MethodImpl(Inline)]
    public static V Exp2OfNegative(V x)
    {
        x = S.Max(S.Splat(-151), x);
        var n = S.Round(x);
        var f = S.Subtract(x, n);
        var p = S.MultiplyAdd(S.Splat(1.339086336e-3f), f, S.Splat(9.676031918e-3f));
        p = S.MultiplyAdd(p, f, S.Splat(5.550357114e-2f));
        p = S.MultiplyAdd(p, f, S.Splat(0.2402210749f));
        p = S.MultiplyAdd(p, f, S.Splat(0.693147188f));
        p = S.MultiplyAdd(p, f, S.Splat(1.000000075f));
        return S.Scale(p, n);
    }

    /// <summary>
    /// eˣ, relative error below 3·10⁻⁷ (the reduction and the polynomial of <see href="https://netlib.org/cephes/">Cephes</see>' expf).
    /// </summary>
    [MethodImpl(Inline)]
    public static V Exp(V x)
    {
        x = S.Max(S.Splat(-105), S.Min(S.Splat(89), x));
        var n = S.Round(S.Multiply(x, S.Splat(1.44269504f)));
        var f = S.MultiplyAdd(n, S.Splat(-0.693359375f), x);
        f = S.MultiplyAdd(n, S.Splat(2.12194440e-4f), f);
        var p = S.MultiplyAdd(S.Splat(1.9875691500e-4f), f, S.Splat(1.3981999507e-3f));
        p = S.MultiplyAdd(p, f, S.Splat(8.3334519073e-3f));
        p = S.MultiplyAdd(p, f, S.Splat(4.1665795894e-2f));
        p = S.MultiplyAdd(p, f, S.Splat(1.6666665459e-1f));
        p = S.MultiplyAdd(p, f, S.Splat(5.0000001201e-1f));
        p = S.Add(S.MultiplyAdd(p, S.Multiply(f, f), f), S.Splat(1));
        return S.Scale(p, n);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(Inline)]
    public static V Sigmoid(V x) => S.Divide(S.Splat(1), S.Add(S.Splat(1), Exp(S.Subtract(S.Splat(0), x))));

    /// <summary>tanh x = 1 - 2 / (1 + e²ˣ); absolute error below 3·10⁻⁷.</summary>
    [MethodImpl(Inline)]
    public static V Tanh(V x) => S.Subtract(S.Splat(1), S.Divide(S.Splat(2), S.Add(S.Splat(1), Exp(S.Add(x, x)))));

    /// <summary>x / (1 + e⁻ˣ).</summary>
    [MethodImpl(Inline)]
    public static V Silu(V x) => S.Divide(x, S.Add(S.Splat(1), Exp2(S.Multiply(x, S.Splat(-1.44269504f)))));

    /// <summary>x/2 · (1 + tanh u) = x / (1 + e⁻²ᵘ) with u = √(2/π)·(x + 0.044715·x³).</summary>
    [MethodImpl(Inline)]
    public static V GeluTanh(V x)
    {
        const float Linear = -2 * 0.7978845608f * 1.44269504f;
        var u = S.Multiply(x, S.MultiplyAdd(S.Multiply(x, x), S.Splat(Linear * 0.044715f), S.Splat(Linear)));
        return S.Divide(x, S.Add(S.Splat(1), Exp2(u)));
    }

    /// <summary>The function that <paramref name="activation"/> names.</summary>
    [MethodImpl(Inline)]
    public static V Activate(Activation activation, V x) => activation switch
    {
        Activation.GeluTanh => GeluTanh(x),
        Activation.Silu => Silu(x),
        _ => x,
    };
}
