using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Tensors.Backends.Cpu.Simd;

/// <summary>AVX-512 F, BW, DQ: sixteen floats, thirty-two registers.</summary>
internal readonly unsafe struct Simd512 : ISimd<Vector512<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>
    /// True if this processor and runtime can use the type. <c>Vector512.IsHardwareAccelerated</c> is no guide: it is false on processors that merely
    /// clock lower.
    /// </summary>
    public static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported;

    public static int Lanes => 16;

    public static int TileRows => 14;

    [MethodImpl(Inline)]
    public static Vector512<float> Splat(float value) => Vector512.Create(value);

    [MethodImpl(Inline)]
    public static Vector512<float> Load(float* source) => Avx512F.LoadVector512(source);

    [MethodImpl(Inline)]
    public static Vector512<float> LoadPart(float* source, int count) => Avx512F.MaskLoad(source, Mask(count), Vector512<float>.Zero);

    [MethodImpl(Inline)]
    public static Vector512<float> LoadDoubled(float* source)
    {
        var wide = Avx512F.ConvertToVector512UInt64(Avx.LoadVector256((uint*)source));
        return Avx512F.Or(wide, Avx512F.ShiftLeftLogical(wide, 32)).AsSingle();
    }

    [MethodImpl(Inline)]
    public static Vector512<float> LoadBFloat16(ushort* source) =>
        Avx512F.ShiftLeftLogical(Avx512F.ConvertToVector512UInt32(Avx.LoadVector256(source)), 16).AsSingle();

    [MethodImpl(Inline)]
    public static Vector512<float> LoadInt8(sbyte* source) => Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Sse2.LoadVector128(source)));

    [MethodImpl(Inline)]
    public static void LoadPairedBFloat16(uint* source, out Vector512<float> low, out Vector512<float> high)
    {
        var words = Avx512F.LoadVector512(source);
        low = Avx512F.ShiftLeftLogical(words, 16).AsSingle();
        high = Avx512F.And(words, Vector512.Create(0xFFFF0000u)).AsSingle();
    }

    [MethodImpl(Inline)]
    public static void StorePairedBFloat16(uint* target, Vector512<float> low, Vector512<float> high) =>
        Avx512F.Store(target, Avx512F.Or(Avx512F.ShiftRightLogical(low.AsUInt32(), 16), Avx512F.And(high.AsUInt32(), Vector512.Create(0xFFFF0000u))));

    [MethodImpl(Inline)]
    public static void Store(float* target, Vector512<float> value) => Avx512F.Store(target, value);

    [MethodImpl(Inline)]
    public static void StoreStreaming(float* target, Vector512<float> value) => Avx512F.StoreAlignedNonTemporal(target, value);

    [MethodImpl(Inline)]
    public static void StorePart(float* target, Vector512<float> value, int count) => Avx512F.MaskStore(target, Mask(count), value);

    [MethodImpl(Inline)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => Avx512F.Add(a, b);

    [MethodImpl(Inline)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => Avx512F.Subtract(a, b);

    [MethodImpl(Inline)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => Avx512F.Multiply(a, b);

    [MethodImpl(Inline)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => Avx512F.Divide(a, b);

    [MethodImpl(Inline)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Avx512F.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Avx512F.Max(a, b);

    [MethodImpl(Inline)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Avx512F.Min(a, b);

    [MethodImpl(Inline)]
    public static Vector512<float> KeepNaN(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.Equals(a, a), b, a);

    [MethodImpl(Inline)]
    public static Vector512<float> Sqrt(Vector512<float> a) => Avx512F.Sqrt(a);

    [MethodImpl(Inline)]
    public static Vector512<float> Abs(Vector512<float> a) => Vector512.Abs(a);

    [MethodImpl(Inline)]
    public static Vector512<float> Round(Vector512<float> a) => Avx512F.RoundScale(a, 0);

    [MethodImpl(Inline)]
    public static Vector512<float> Scale(Vector512<float> a, Vector512<float> n) => Avx512F.Scale(a, n);

    [MethodImpl(Inline)]
    public static Vector512<float> SwapPairs(Vector512<float> a) => Avx512F.Permute4x32(a, 0xB1);

    [MethodImpl(Inline)]
    public static Vector512<float> NegateEven(Vector512<float> a) => (a.AsUInt64() ^ Vector512.Create(0x80000000ul)).AsSingle();

    [MethodImpl(Inline)]
    public static float Sum(Vector512<float> a) => Simd256.Sum(Avx.Add(a.GetLower(), a.GetUpper()));

    [MethodImpl(Inline)]
    public static float Largest(Vector512<float> a) => Simd128.Largest(a.GetLower().GetLower(), a.GetLower().GetUpper(), a.GetUpper().GetLower(), a.GetUpper().GetUpper());

    [MethodImpl(Inline)]
    public static bool AnyGreater(Vector512<float> a, Vector512<float> b) => Vector512.GreaterThanAny(a, b);

    [MethodImpl(Inline)]
    public static void Prefetch(void* address) => Sse.Prefetch0(address);

    [MethodImpl(Inline)]
    public static void PrefetchFar(void* address) => Sse.Prefetch1(address);

    // Sixteen vectors in named locals: an array of them would live on the stack and make every step a store and a load.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceStep, int rows, float* target, nint targetStep)
    {
        var mask = Mask(rows);
        var last = rows - 1;
        for (var quarter = 0; quarter < 4; quarter++)
        {
            // Rows beyond the last read the last one again: their lanes are masked off below.
            var q = quarter * 4;
            var s = source + q;
            var c0 = Quad(s, sourceStep, 0, last);
            var c1 = Quad(s, sourceStep, 1, last);
            var c2 = Quad(s, sourceStep, 2, last);
            var c3 = Quad(s, sourceStep, 3, last);
            // cN holds rows N, N+4, N+8, N+12 (one per 128-bit part), columns q .. q+3; transposing 4x4 in each part gives the columns.
            var t0 = Avx512F.UnpackLow(c0, c1);
            var t1 = Avx512F.UnpackHigh(c0, c1);
            var t2 = Avx512F.UnpackLow(c2, c3);
            var t3 = Avx512F.UnpackHigh(c2, c3);
            var d = target + (q * targetStep);
            Avx512F.MaskStore(d, mask, Avx512F.UnpackLow(t0.AsDouble(), t2.AsDouble()).AsSingle());
            Avx512F.MaskStore(d + targetStep, mask, Avx512F.UnpackHigh(t0.AsDouble(), t2.AsDouble()).AsSingle());
            Avx512F.MaskStore(d + (2 * targetStep), mask, Avx512F.UnpackLow(t1.AsDouble(), t3.AsDouble()).AsSingle());
            Avx512F.MaskStore(d + (3 * targetStep), mask, Avx512F.UnpackHigh(t1.AsDouble(), t3.AsDouble()).AsSingle());
        }
    }

    [MethodImpl(Inline)]
    private static Vector512<float> Quad(float* source, nint step, int first, int last)
    {
        var a = Sse.LoadVector128(source + (step * Math.Min(first, last)));
        var b = Sse.LoadVector128(source + (step * Math.Min(first + 4, last)));
        var c = Sse.LoadVector128(source + (step * Math.Min(first + 8, last)));
        var d = Sse.LoadVector128(source + (step * Math.Min(first + 12, last)));
        return Vector512.Create(Vector256.Create(a, b), Vector256.Create(c, d));
    }

    [MethodImpl(Inline)]
    private static Vector512<float> Mask(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
