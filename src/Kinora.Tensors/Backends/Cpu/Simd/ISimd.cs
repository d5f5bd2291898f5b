namespace Kinora.Tensors.Backends.Cpu.Simd;

/// <summary>
/// The few vector operations that kernels are written in. A kernel is one generic method; the JIT makes one copy of it per
/// implementation (512, 256 and 128 bits), with every call below turned into its instruction.
/// </summary>
/// <remarks>
/// <see cref="Max"/> and <see cref="Min"/> give the second operand back when it is NaN, so <c>Max(limit, x)</c> clamps and still lets NaN through.
/// </remarks>
/// <typeparam name="V">The vector register type.</typeparam>
internal unsafe interface ISimd<V>
    where V : unmanaged
{
    /// <summary>Floats per vector; a power of two, at most 16.</summary>
    static abstract int Lanes { get; }

    /// <summary>Rows of the matrix product's register tile; its width is two vectors. At most <see cref="Lanes"/>.</summary>
    static abstract int TileRows { get; }

    /// <summary>All lanes equal.</summary>
    static abstract V Splat(float value);

    /// <summary>Loads <see cref="Lanes"/> floats, aligned or not.</summary>
    static abstract V Load(float* source);

    /// <summary>Loads the first <paramref name="count"/> lanes and zeroes the rest; reads nothing beyond them.</summary>
    static abstract V LoadPart(float* source, int count);

    /// <summary>Loads half a vector and repeats every float: <c>a a b b c c …</c>.</summary>
    static abstract V LoadDoubled(float* source);

    /// <summary>Loads bfloat16 numbers and widens them, exactly.</summary>
    static abstract V LoadBFloat16(ushort* source);

    /// <summary>Loads signed bytes and converts them, exactly.</summary>
    static abstract V LoadInt8(sbyte* source);

    /// <summary>
    /// Loads one vector of 32-bit words and gives their low (first) and high (second) halves as two vectors of bfloat16 numbers, widened.
    /// </summary>
    static abstract void LoadPairedBFloat16(uint* source, out V low, out V high);

    /// <summary>The inverse of <see cref="LoadPairedBFloat16"/>; the lower halves of the floats are cut off.</summary>
    static abstract void StorePairedBFloat16(uint* target, V low, V high);

    /// <summary>Stores <see cref="Lanes"/> floats.</summary>
    static abstract void Store(float* target, V value);

    /// <summary>
    /// Stores <see cref="Lanes"/> floats, aligned to a vector, around the caches where the processor can. Other threads see them after a memory barrier.
    /// </summary>
    static abstract void StoreStreaming(float* target, V value);

    /// <summary>Stores the first <paramref name="count"/> lanes and touches nothing else.</summary>
    static abstract void StorePart(float* target, V value, int count);

    /// <summary>a + b.</summary>
    static abstract V Add(V a, V b);

    /// <summary>a - b.</summary>
    static abstract V Subtract(V a, V b);

    /// <summary>a · b.</summary>
    static abstract V Multiply(V a, V b);

    /// <summary>a / b.</summary>
    static abstract V Divide(V a, V b);

    /// <summary>a · b + c, with one rounding where the processor has it.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>The larger of the two; the second one if either is NaN (128 bits: NaN if either is).</summary>
    static abstract V Max(V a, V b);

    /// <summary>The smaller of the two; the second one if either is NaN (128 bits: NaN if either is).</summary>
    static abstract V Min(V a, V b);

    /// <summary><paramref name="a"/> in the lanes where it is NaN, <paramref name="b"/> in the others.</summary>
    static abstract V KeepNaN(V a, V b);

    /// <summary>√a, correctly rounded.</summary>
    static abstract V Sqrt(V a);

    /// <summary>|a|.</summary>
    static abstract V Abs(V a);

    /// <summary>Rounds to the nearest integer, halves to even.</summary>
    static abstract V Round(V a);

    /// <summary>a · 2ⁿ for whole n from -252 to 254, with gradual underflow and overflow to infinity.</summary>
    static abstract V Scale(V a, V n);

    /// <summary>Swaps the floats of every pair: <c>b a d c …</c>.</summary>
    static abstract V SwapPairs(V a);

    /// <summary>Changes the sign of lanes 0, 2, 4 ….</summary>
    static abstract V NegateEven(V a);

    /// <summary>The sum of all lanes, added pairwise in a fixed order.</summary>
    static abstract float Sum(V a);

    /// <summary>The largest lane; NaN if a lane is NaN.</summary>
    static abstract float Largest(V a);

    /// <summary>True if <paramref name="a"/> is greater than <paramref name="b"/> in some lane.</summary>
    static abstract bool AnyGreater(V a, V b);

    /// <summary>Asks for the line that holds the address to be brought into the first-level cache; never faults.</summary>
    static abstract void Prefetch(void* address);

    /// <summary>As <see cref="Prefetch"/>, into the second-level cache.</summary>
    static abstract void PrefetchFar(void* address);

    /// <summary>
    /// Transposes a block: reads <paramref name="rows"/> rows (at most <see cref="Lanes"/>) of <see cref="Lanes"/> floats,
    /// <paramref name="sourceStep"/> floats apart, and writes <see cref="Lanes"/> rows of <paramref name="rows"/> floats,
    /// <paramref name="targetStep"/> apart, and nothing else.
    /// </summary>
    static abstract void Transpose(float* source, nint sourceStep, int rows, float* target, nint targetStep);
}
