using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>Rounds rows of floats to the words that dot products read. AVX-512, which every processor with dot products has.</summary>
internal static unsafe class DotRows
{
    private static readonly Vector512<ushort> s_upper = UpperHalves();

    /// <summary>
    /// Two neighbouring floats become a word of two bfloat16, the first one low, rounded to nearest even; NaN stays NaN. The last word is filled up
    /// with a zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pairs(float* source, long count, uint* target)
    {
        var upper = s_upper;
        long i = 0;
        for (; i + 32 <= count; i += 32, target += 16)
        {
            var (a, b) = (Round(Avx512F.LoadVector512(source + i)), Round(Avx512F.LoadVector512(source + i + 16)));
            Avx512F.Store(target, Avx512BW.PermuteVar32x16x2(a.AsUInt16(), upper, b.AsUInt16()).AsUInt32());
        }

        for (; i < count; i += 2)
            *target++ = Word(source[i], i + 1 < count ? source[i + 1] : 0);
    }

    /// <summary>As <see cref="Pairs(float*, long, uint*)"/>, the words <paramref name="step"/> apart.</summary>
    public static void Pairs(float* source, long count, uint* target, nint step)
    {
        for (long i = 0; i < count; i += 2, target += step)
            *target = Word(source[i], i + 1 < count ? source[i + 1] : 0);
    }

    /// <summary>The words of two rows: element i of <paramref name="low"/> in the low half, that of <paramref name="high"/> (or 0) in the high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(float* low, float* high, long count, uint* target)
    {
        long i = 0;
        for (; i + 16 <= count; i += 16)
        {
            var b = high == null ? Vector512<float>.Zero : Avx512F.LoadVector512(high + i);
            Avx512F.Store(target + i, Join(Avx512F.LoadVector512(low + i), b));
        }

        for (; i < count; i++)
            target[i] = Word(low[i], high == null ? 0 : high[i]);
    }

    /// <summary>Lane by lane a word of two floats as bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Join(Vector512<float> low, Vector512<float> high) =>
        Avx512F.Or(Avx512F.ShiftRightLogical(Round(low), 16), Avx512F.And(Round(high), Vector512.Create(0xFFFF0000u)));

    /// <summary>
    /// As <see cref="Join"/> for numbers from 0 to 1, rounded to nearest, halves up. (Some NaN become 0; attention's sums keep them.)
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> JoinWeights(Vector512<float> low, Vector512<float> high)
    {
        var half = Vector512.Create(0x8000u);
        var (a, b) = (Avx512F.Add(low.AsUInt32(), half), Avx512F.Add(high.AsUInt32(), half));
        return Avx512F.Or(Avx512F.ShiftRightLogical(a, 16), Avx512F.And(b, Vector512.Create(0xFFFF0000u)));
    }

    // To nearest even, in the upper half of each word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Round(Vector512<float> x)
    {
        var bits = x.AsUInt32();
        var odd = Avx512F.And(Avx512F.ShiftRightLogical(bits, 16), Vector512<uint>.One);
        var rounded = Avx512F.Add(Avx512F.Add(bits, Vector512.Create(0x7FFFu)), odd);
        var quiet = Avx512F.Or(bits, Vector512.Create(0x00400000u));
        return Vector512.ConditionalSelect(Vector512.Equals(x, x).AsUInt32(), rounded, quiet);
    }

    private static uint Word(float low, float high) =>
        Kernels.ElementConversion.ToBFloat16(low) | ((uint)Kernels.ElementConversion.ToBFloat16(high) << 16);

    private static Vector512<ushort> UpperHalves()
    {
        var indices = stackalloc ushort[32];
        for (var i = 0; i < 32; i++)
            indices[i] = (ushort)((2 * i) + 1);
        return Vector512.Load(indices);
    }
}
