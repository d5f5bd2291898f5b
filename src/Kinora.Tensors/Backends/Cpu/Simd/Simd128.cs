using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Tensors.Backends.Cpu.Simd;

/// <summary>The portable path: four floats through <see cref="Vector128"/>, which is SSE, NEON, WebAssembly SIMD or plain scalar code.</summary>
internal readonly unsafe struct Simd128 : ISimd<Vector128<float>>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Lanes => 4;

    public static int TileRows => 4;

    [MethodImpl(Inline)]
    public static Vector128<float> Splat(float value) => Vector128.Create(value);

    [MethodImpl(Inline)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(Inline)]
    public static Vector128<float> LoadPart(float* source, int count) => Vector128.Create(
        count > 0 ? source[0] : 0, count > 1 ? source[1] : 0, count > 2 ? source[2] : 0, count > 3 ? source[3] : 0);

    [MethodImpl(Inline)]
    public static Vector128<float> LoadDoubled(float* source) => Vector128.Create(source[0], source[0], source[1], source[1]);

    [MethodImpl(Inline)]
    public static Vector128<float> LoadBFloat16(ushort* source) =>
        Vector128.Create((uint)source[0] << 16, (uint)source[1] << 16, (uint)source[2] << 16, (uint)source[3] << 16).AsSingle();

    [MethodImpl(Inline)]
    public static Vector128<float> LoadInt8(sbyte* source) => Vector128.Create((float)source[0], source[1], source[2], source[3]);

    [MethodImpl(Inline)]
    public static void LoadPairedBFloat16(uint* source, out Vector128<float> low, out Vector128<float> high)
    {
        var words = Vector128.Load(source);
        low = (words << 16).AsSingle();
        high = (words & Vector128.Create(0xFFFF0000u)).AsSingle();
    }

    [MethodImpl(Inline)]
    public static void StorePairedBFloat16(uint* target, Vector128<float> low, Vector128<float> high) =>
        ((low.AsUInt32() >> 16) | (high.AsUInt32() & Vector128.Create(0xFFFF0000u))).Store(target);

    [MethodImpl(Inline)]
    public static void Store(float* target, Vector128<float> value) => value.Store(target);

    [MethodImpl(Inline)]
    public static void StoreStreaming(float* target, Vector128<float> value) => value.Store(target);

    [MethodImpl(Inline)]
    public static void StorePart(float* target, Vector128<float> value, int count)
    {
        for (var i = 0; i < count; i++)
            target[i] = value[i];
    }

    [MethodImpl(Inline)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    // Fused only where that is an instruction: the software version is a hundred times slower.
    [MethodImpl(Inline)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(Inline)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.Max(a, b);

    [MethodImpl(Inline)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.Min(a, b);

    [MethodImpl(Inline)]
    public static Vector128<float> KeepNaN(Vector128<float> a, Vector128<float> b) => Vector128.ConditionalSelect(Vector128.Equals(a, a), b, a);

    [MethodImpl(Inline)]
    public static Vector128<float> Sqrt(Vector128<float> a) => Vector128.Sqrt(a);

    [MethodImpl(Inline)]
    public static Vector128<float> Abs(Vector128<float> a) => Vector128.Abs(a);

    [MethodImpl(Inline)]
    public static Vector128<float> Round(Vector128<float> a) => Vector128.Round(a);

    [MethodImpl(Inline)]
    public static Vector128<float> Scale(Vector128<float> a, Vector128<float> n)
    {
        var whole = Vector128.ConvertToInt32(n);
        var half = whole >> 1;
        return a * Power(half) * Power(whole - half);
    }

    [MethodImpl(Inline)]
    public static Vector128<float> SwapPairs(Vector128<float> a) => Vector128.Shuffle(a, Vector128.Create(1, 0, 3, 2));

    [MethodImpl(Inline)]
    public static Vector128<float> NegateEven(Vector128<float> a) => (a.AsUInt64() ^ Vector128.Create(0x80000000ul)).AsSingle();

    [MethodImpl(Inline)]
    public static float Sum(Vector128<float> a) => a[0] + a[2] + (a[1] + a[3]);

    [MethodImpl(Inline)]
    public static float Largest(Vector128<float> a) => MathF.Max(MathF.Max(a[0], a[1]), MathF.Max(a[2], a[3]));

    /// <summary>The largest of sixteen floats; NaN if one is NaN.</summary>
    [MethodImpl(Inline)]
    public static float Largest(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) =>
        Largest(Vector128.Max(Vector128.Max(a, b), Vector128.Max(c, d)));

    [MethodImpl(Inline)]
    public static bool AnyGreater(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThanAny(a, b);

    [MethodImpl(Inline)]
    public static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    [MethodImpl(Inline)]
    public static void PrefetchFar(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceStep, int rows, float* target, nint targetStep)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < 4; k++)
                target[(k * targetStep) + i] = source[(i * sourceStep) + k];
        }
    }

    [MethodImpl(Inline)]
    private static Vector128<float> Power(Vector128<int> n) => ((n + Vector128.Create(127)) << 23).AsSingle();
}
