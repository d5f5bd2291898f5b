using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Tensors.Backends.Cpu.Simd;

/// <summary>AVX2 with FMA: eight floats, sixteen registers.</summary>
internal readonly unsafe struct Simd256 : ISimd<Vector256<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>True if this processor and runtime can use the type.</summary>
    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    public static int Lanes => 8;

    public static int TileRows => 6;

    [MethodImpl(Inline)]
    public static Vector256<float> Splat(float value) => Vector256.Create(value);

    [MethodImpl(Inline)]
    public static Vector256<float> Load(float* source) => Avx.LoadVector256(source);

    [MethodImpl(Inline)]
    public static Vector256<float> LoadPart(float* source, int count) => Avx.MaskLoad(source, Mask(count));

    [MethodImpl(Inline)]
    public static Vector256<float> LoadDoubled(float* source)
    {
        var wide = Avx2.ConvertToVector256Int64(Sse2.LoadVector128((uint*)source)).AsUInt64();
        return Avx2.Or(wide, Avx2.ShiftLeftLogical(wide, 32)).AsSingle();
    }

    [MethodImpl(Inline)]
    public static Vector256<float> LoadBFloat16(ushort* source) =>
        Avx2.ShiftLeftLogical(Avx2.ConvertToVector256Int32(Sse2.LoadVector128(source)), 16).AsSingle();

    [MethodImpl(Inline)]
    public static Vector256<float> LoadInt8(sbyte* source) => Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(source));

    [MethodImpl(Inline)]
    public static void LoadPairedBFloat16(uint* source, out Vector256<float> low, out Vector256<float> high)
    {
        var words = Avx.LoadVector256(source);
        low = Avx2.ShiftLeftLogical(words, 16).AsSingle();
        high = Avx2.And(words, Vector256.Create(0xFFFF0000u)).AsSingle();
    }

    [MethodImpl(Inline)]
    public static void StorePairedBFloat16(uint* target, Vector256<float> low, Vector256<float> high) =>
        Avx.Store(target, Avx2.Or(Avx2.ShiftRightLogical(low.AsUInt32(), 16), Avx2.And(high.AsUInt32(), Vector256.Create(0xFFFF0000u))));

    [MethodImpl(Inline)]
    public static void Store(float* target, Vector256<float> value) => Avx.Store(target, value);

    [MethodImpl(Inline)]
    public static void StoreStreaming(float* target, Vector256<float> value) => Avx.StoreAlignedNonTemporal(target, value);

    [MethodImpl(Inline)]
    public static void StorePart(float* target, Vector256<float> value, int count) => Avx.MaskStore(target, Mask(count), value);

    [MethodImpl(Inline)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => Avx.Add(a, b);

    [MethodImpl(Inline)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => Avx.Subtract(a, b);

    [MethodImpl(Inline)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => Avx.Multiply(a, b);

    [MethodImpl(Inline)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => Avx.Divide(a, b);

    [MethodImpl(Inline)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Fma.MultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Avx.Max(a, b);

    [MethodImpl(Inline)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Avx.Min(a, b);

    [MethodImpl(Inline)]
    public static Vector256<float> KeepNaN(Vector256<float> a, Vector256<float> b) => Vector256.ConditionalSelect(Vector256.Equals(a, a), b, a);

    [MethodImpl(Inline)]
    public static Vector256<float> Sqrt(Vector256<float> a) => Avx.Sqrt(a);

    [MethodImpl(Inline)]
    public static Vector256<float> Abs(Vector256<float> a) => Vector256.Abs(a);

    [MethodImpl(Inline)]
    public static Vector256<float> Round(Vector256<float> a) => Avx.RoundToNearestInteger(a);

    // Two factors of half the exponent each: one alone could not reach the subnormal numbers.
    [MethodImpl(Inline)]
    public static Vector256<float> Scale(Vector256<float> a, Vector256<float> n)
    {
        var whole = Avx.ConvertToVector256Int32(n);
        var half = Avx2.ShiftRightArithmetic(whole, 1);
        return Avx.Multiply(Avx.Multiply(a, Power(half)), Power(Avx2.Subtract(whole, half)));
    }

    [MethodImpl(Inline)]
    public static Vector256<float> SwapPairs(Vector256<float> a) => Avx.Permute(a, 0xB1);

    [MethodImpl(Inline)]
    public static Vector256<float> NegateEven(Vector256<float> a) => (a.AsUInt64() ^ Vector256.Create(0x80000000ul)).AsSingle();

    [MethodImpl(Inline)]
    public static float Sum(Vector256<float> a) => Simd128.Sum(a.GetLower() + a.GetUpper());

    [MethodImpl(Inline)]
    public static float Largest(Vector256<float> a) => Simd128.Largest(a.GetLower(), a.GetUpper(), a.GetLower(), a.GetUpper());

    [MethodImpl(Inline)]
    public static bool AnyGreater(Vector256<float> a, Vector256<float> b) => Vector256.GreaterThanAny(a, b);

    [MethodImpl(Inline)]
    public static void Prefetch(void* address) => Sse.Prefetch0(address);

    [MethodImpl(Inline)]
    public static void PrefetchFar(void* address) => Sse.Prefetch1(address);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceStep, int rows, float* target, nint targetStep)
    {
        var mask = Mask(rows);
        var last = rows - 1;
        for (var quarter = 0; quarter < 2; quarter++)
        {
            // As in Simd512: rows beyond the last read the last one again and are masked off.
            var s = source + (quarter * 4);
            var c0 = Pair(s, sourceStep, 0, last);
            var c1 = Pair(s, sourceStep, 1, last);
            var c2 = Pair(s, sourceStep, 2, last);
            var c3 = Pair(s, sourceStep, 3, last);
            var t0 = Avx.UnpackLow(c0, c1);
            var t1 = Avx.UnpackHigh(c0, c1);
            var t2 = Avx.UnpackLow(c2, c3);
            var t3 = Avx.UnpackHigh(c2, c3);
            var d = target + (quarter * 4 * targetStep);
            Avx.MaskStore(d, mask, Avx.UnpackLow(t0.AsDouble(), t2.AsDouble()).AsSingle());
            Avx.MaskStore(d + targetStep, mask, Avx.UnpackHigh(t0.AsDouble(), t2.AsDouble()).AsSingle());
            Avx.MaskStore(d + (2 * targetStep), mask, Avx.UnpackLow(t1.AsDouble(), t3.AsDouble()).AsSingle());
            Avx.MaskStore(d + (3 * targetStep), mask, Avx.UnpackHigh(t1.AsDouble(), t3.AsDouble()).AsSingle());
        }
    }

    [MethodImpl(Inline)]
    private static Vector256<float> Pair(float* source, nint step, int first, int last) =>
        Vector256.Create(Sse.LoadVector128(source + (step * Math.Min(first, last))), Sse.LoadVector128(source + (step * Math.Min(first + 4, last))));

    [MethodImpl(Inline)]
    private static Vector256<float> Power(Vector256<int> n) => Avx2.ShiftLeftLogical(Avx2.Add(n, Vector256.Create(127)), 23).AsSingle();

    [MethodImpl(Inline)]
    private static Vector256<float> Mask(int count) => Avx2.CompareGreaterThan(Vector256.Create(count), Vector256<int>.Indices).AsSingle();
}
