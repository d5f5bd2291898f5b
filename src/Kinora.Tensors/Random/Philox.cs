namespace Kinora.Tensors.Random;

/// <summary>
/// Philox-4x32-10, a random number generator without state (<see href="https://doi.org/10.1145/2063384.2063405">Salmon et al. 2011</see>): block
/// number i of a stream is a function of (seed, stream, i), so any element of any tensor can be computed on its own, on any device and any number of
/// threads.
/// </summary>
public static class Philox
{
    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;
    private const uint KeyStepA = 0x9E3779B9;
    private const uint KeyStepB = 0xBB67AE85;

    /// <summary>Four random words.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="stream">The upper half of the counter: one stream per purpose (noise, motion noise of step 3, …).</param>
    /// <param name="block">The lower half of the counter.</param>
    public static (uint A, uint B, uint C, uint D) Block(ulong seed, ulong stream, ulong block) =>
        Block(((uint)seed, (uint)(seed >> 32)), ((uint)block, (uint)(block >> 32), (uint)stream, (uint)(stream >> 32)));

    /// <summary>
    /// Normal numbers with mean 0 and deviation 1: elements <c>2j</c> and <c>2j + 1</c> are the cosine and sine of one
    /// <see href="https://doi.org/10.1214/aoms/1177706645">Box-Muller</see> pair, from the first two words of block j/2 for even j and the last two
    /// for odd j. Computed in double and rounded once, so that every device can give the same numbers.
    /// </summary>
    /// <param name="seed">The key.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="first">The number of the first element; a multiple of 4.</param>
    /// <param name="target">Where to put them.</param>
    public static void Normal(ulong seed, ulong stream, long first, Span<float> target)
    {
        RequireBlock(first);
        for (var i = 0; i < target.Length; i += 4)
        {
            var (a, b, c, d) = Block(seed, stream, (ulong)(first + i) / 4);
            Pair(a, b, target[i..]);
            if (i + 2 < target.Length)
                Pair(c, d, target[(i + 2)..]);
        }
    }

    /// <summary>Uniform numbers from 0 (inclusive) to 1 (exclusive): the upper 24 bits of the words in order, divided by 2²⁴.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="first">The number of the first element; a multiple of 4.</param>
    /// <param name="target">Where to put them.</param>
    public static void Uniform(ulong seed, ulong stream, long first, Span<float> target)
    {
        RequireBlock(first);
        Span<uint> words = stackalloc uint[4];
        for (var i = 0; i < target.Length; i += 4)
        {
            (words[0], words[1], words[2], words[3]) = Block(seed, stream, (ulong)(first + i) / 4);
            for (var k = 0; k < 4 && i + k < target.Length; k++)
                target[i + k] = (words[k] >> 8) * (1f / (1 << 24));
        }
    }

    /// <summary>The bare function of key and counter, for test vectors.</summary>
    internal static (uint A, uint B, uint C, uint D) Block((uint A, uint B) key, (uint A, uint B, uint C, uint D) counter)
    {
        var (a, b, c, d) = counter;
        for (var round = 0; round < 10; round++)
        {
            var p = (ulong)MultiplierA * a;
            var q = (ulong)MultiplierB * c;
            (a, b, c, d) = ((uint)(q >> 32) ^ b ^ key.A, (uint)q, (uint)(p >> 32) ^ d ^ key.B, (uint)p);
            key = (key.A + KeyStepA, key.B + KeyStepB);
        }

        return (a, b, c, d);
    }

    private static void Pair(uint u, uint v, Span<float> target)
    {
        // u + 1/2 keeps the logarithm away from zero: the largest number is 6.7.
        var radius = Math.Sqrt(-2 * Math.Log((u + 0.5) / 4294967296.0));
        var (sin, cos) = Math.SinCos(v * (2 * Math.PI / 4294967296.0));
        target[0] = (float)(radius * cos);
        if (target.Length > 1)
            target[1] = (float)(radius * sin);
    }

    private static void RequireBlock(long first)
    {
        if (first < 0 || first % 4 != 0)
            throw new ArgumentOutOfRangeException(nameof(first), first, "Numbers start at a multiple of 4.");
    }
}
