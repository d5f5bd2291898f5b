using System.Runtime.Intrinsics;

namespace Kinora.Rendering.Parallax;

/// <summary>Code values as numbers with fractions to the samples of a <see cref="Texture"/>: rounded, clamped to 0 to 255, less 128. Sixteen at a time; the tail is scalar and gives the same bytes.</summary>
internal static class TextureCodes
{
    private const float Half = 0.5f - Texture.Bias;

    public static void Round(ReadOnlySpan<float> codes, Span<sbyte> samples)
    {
        var x = 0;
        for (; x <= codes.Length - 16; x += 16)
        {
            var low = Vector256.Narrow(Four(codes, x), Four(codes, x + 8));
            Vector128.Narrow(low.GetLower(), low.GetUpper()).CopyTo(samples[x..]);
        }
        for (; x < codes.Length; x++)
            samples[x] = Round(codes[x]);
    }

    /// <summary>Rounds two rows into one that takes its samples from them in turn.</summary>
    public static void Interleave(ReadOnlySpan<float> evens, ReadOnlySpan<float> odds, Span<sbyte> samples)
    {
        var x = 0;
        for (; x <= evens.Length - 16; x += 16)
        {
            var even = Vector256.Narrow(Four(evens, x), Four(evens, x + 8));
            var odd = Vector256.Narrow(Four(odds, x), Four(odds, x + 8));
            // Little-endian: the even sample is the low byte.
            var pairs = (even & Vector256.Create((short)0xFF)) | (odd << 8);
            pairs.AsSByte().CopyTo(samples[(2 * x)..]);
        }
        for (; x < evens.Length; x++)
            (samples[2 * x], samples[2 * x + 1]) = (Round(evens[x]), Round(odds[x]));
    }

    private static sbyte Round(float code) => (sbyte)(int)MathF.Floor(Math.Clamp(code, 0f, 255f) + Half);

    private static Vector256<int> Four(ReadOnlySpan<float> codes, int x)
    {
        var clamped = Vector256.Min(Vector256.Max(Vector256.Create(codes[x..]), Vector256<float>.Zero), Vector256.Create(255f));
        return Vector256.ConvertToInt32Native(Vector256.Floor(clamped + Vector256.Create(Half)));
    }
}
