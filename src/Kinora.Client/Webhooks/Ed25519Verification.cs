using System.Numerics;
using System.Security.Cryptography;

namespace Kinora.Client.Webhooks;

/// <summary>
/// Verifies Ed25519 signatures (RFC 8032, section 5.1.7) with the base class library alone, which has no Ed25519 of its own. Not in constant time, which
/// verifying does not need: everything in it is public. A few milliseconds a signature.
/// </summary>
internal static class Ed25519Verification
{
    private static readonly BigInteger s_p = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger s_d = Mod(-121665 * Invert(121666));
    private static readonly BigInteger s_rootOfMinusOne = BigInteger.ModPow(2, (s_p - 1) / 4, s_p);
    private static readonly Point s_base = Decode(BaseBytes())!.Value;

    /// <summary>Whether <paramref name="signature"/> (64 bytes) is that of <paramref name="message"/> by <paramref name="publicKey"/> (32 bytes).</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != 32 || signature.Length != 64) return false;
        var s = new BigInteger(signature[32..], isUnsigned: true);

        // A scalar beyond the order would be a second signature of the same message.
        if (s >= s_order || Decode(publicKey) is not { } key || Decode(signature[..32]) is not { } r) return false;

        byte[] hash = SHA512.HashData([.. signature[..32], .. publicKey, .. message]);
        var k = new BigInteger(hash, isUnsigned: true) % s_order;
        return AreSame(Multiply(s, s_base), Add(r, Multiply(k, key)));
    }

    // y = 4/5, x even (RFC 8032, section 5.1).
    private static byte[] BaseBytes()
    {
        var bytes = new byte[32];
        Mod(4 * Invert(5)).TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    // Section 5.1.3: the 255 low bits are y, the highest bit is the lowest of x.
    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        Span<byte> withoutSign = stackalloc byte[32];
        bytes.CopyTo(withoutSign);
        withoutSign[31] &= 0x7F;
        var y = new BigInteger(withoutSign, isUnsigned: true);
        if (y >= s_p) return null;

        var square = Mod((y * y - 1) * Invert(s_d * y * y + 1));
        var x = BigInteger.ModPow(square, (s_p + 3) / 8, s_p);
        if (Mod(x * x - square) != 0) x = Mod(x * s_rootOfMinusOne);
        if (Mod(x * x - square) != 0) return null;

        var isOdd = (bytes[31] & 0x80) != 0;
        if (x.IsZero && isOdd) return null;
        if (!x.IsEven != isOdd) x = s_p - x;
        return new Point(x, y, BigInteger.One, Mod(x * y));
    }

    // Section 5.1.4, extended homogeneous coordinates.
    private static Point Add(Point left, Point right)
    {
        var a = Mod((left.Y - left.X) * (right.Y - right.X));
        var b = Mod((left.Y + left.X) * (right.Y + right.X));
        var c = Mod(2 * left.T * right.T * s_d);
        var d = Mod(2 * left.Z * right.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Point Multiply(BigInteger scalar, Point point)
    {
        var result = new Point(BigInteger.Zero, BigInteger.One, BigInteger.One, BigInteger.Zero);
        for (; !scalar.IsZero; scalar >>= 1)
        {
            if (!scalar.IsEven) result = Add(result, point);
            point = Add(point, point);
        }

        return result;
    }

    private static bool AreSame(Point left, Point right) => Mod(left.X * right.Z - right.X * left.Z) == 0 && Mod(left.Y * right.Z - right.Y * left.Z) == 0;

    private static BigInteger Invert(BigInteger value) => BigInteger.ModPow(Mod(value), s_p - 2, s_p);

    private static BigInteger Mod(BigInteger value)
    {
        var remainder = value % s_p;
        return remainder.Sign < 0 ? remainder + s_p : remainder;
    }

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);
}
