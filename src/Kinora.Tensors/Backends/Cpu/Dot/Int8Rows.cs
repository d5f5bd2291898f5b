using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>
/// Rounds a row of floats to bytes with one scale: <c>x ≈ (byte - 128) · scale</c>, the largest number ±127. Rows that are not finite get a NaN scale,
/// which makes their results NaN; rows whose numbers are all below 10⁻³⁶ become zeros.
/// </summary>
internal static unsafe class Int8Rows
{
    /// <summary>The deepest product whose sum of 255·127 a step surely fits 32 bits.</summary>
    public const long MaxDepth = 65536;

    /// <summary>The scale of a row, and the factor that makes it bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Scale, float Factor) Measure(float* row, long count)
    {
        // As whole numbers the bits of |x| order like |x|, with infinity and NaN on top.
        var size = Vector512.Create(0x7FFFFFFFu);
        var top = Vector512<uint>.Zero;
        long i = 0;
        for (; i + 16 <= count; i += 16)
            top = Avx512F.Max(top, Avx512F.And(Avx512F.LoadVector512((uint*)row + i), size));
        var largestBits = 0u;
        for (var lane = 0; lane < 16; lane++)
            largestBits = Math.Max(largestBits, top[lane]);
        for (; i < count; i++)
            largestBits = Math.Max(largestBits, ((uint*)row)[i] & 0x7FFFFFFF);
        var largest = BitConverter.UInt32BitsToSingle(largestBits);
        if (!float.IsFinite(largest))
            return (float.NaN, 0);
        return largest < 1e-36f ? (0, 0) : (largest / 127, 127 / largest);
    }

    /// <summary>Four neighbouring floats become a word, the first one lowest; the last word is filled up with zeros, which are 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quads(float* source, long count, float factor, uint* target)
    {
        var (scale, middle) = (Vector512.Create(factor), Vector512.Create(128));
        var bytes = (byte*)target;
        long i = 0;
        for (; i + 16 <= count; i += 16)
        {
            var whole = Avx512F.Add(Avx512F.ConvertToVector512Int32(Avx512F.Multiply(Avx512F.LoadVector512(source + i), scale)), middle);
            Sse2.Store(bytes + i, Avx512F.ConvertToVector128Byte(whole));
        }

        for (; i < count; i++)
            bytes[i] = (byte)((int)MathF.Round(source[i] * factor) + 128);
        for (; i % 4 != 0; i++)
            bytes[i] = 128;
    }
}
