using Kinora.Tensors.Backends.Cpu.Dot;
using Kinora.Tensors.Backends.Cpu.Kernels;

namespace Kinora.Tensors.Tests.Backends.Cpu.Dot;

/// <summary>The machine code against plain loops.</summary>
public sealed unsafe class DotTilesTests
{
    private const int Step = 48;
    private const float Untouched = 1234;

    public static TheoryData<int, int, int, bool> Sizes => new(
        from rows in Enumerable.Range(1, DotTileCode.MaxRows)
        from size in new[] { (Depth: 1, Taps: 1), (Depth: 37, Taps: 1), (Depth: 8, Taps: 3) }
        from accumulate in new[] { false, true }
        select (rows, size.Depth, size.Taps, accumulate));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_tile_of_bfloat16_is_the_sum_of_its_products(int rows, int depth, int taps, bool accumulate)
    {
        Assert.SkipUnless(DotTiles.Has(DotKind.BFloat16), "This processor has no AVX-512 BF16.");
        var (a, b, c) = Operands(rows, depth, taps);
        var expected = c.Select(value => accumulate ? (double)value : 0).ToArray();
        Each(rows, depth, taps, (word, weight, sum) =>
        {
            for (var half = 0; half < 2; half++)
                expected[sum] += (double)Half(a[word], half) * Half(b[weight], half);
        });
        Run<BFloat16Dot>(rows, depth, taps, accumulate, a, b, c);
        Each(rows, 1, 1, (_, _, sum) => Assert.Equal(expected[sum], c[sum], 1e-5 * Math.Sqrt(depth * taps) * 16));
        Assert.All(c.Where((_, i) => i % Step >= 32), value => Assert.Equal(Untouched, value));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_tile_of_bytes_is_exactly_the_sum_of_its_products(int rows, int depth, int taps, bool accumulate)
    {
        Assert.SkipUnless(DotTiles.Has(DotKind.Int8), "This processor has no AVX-512 VNNI.");
        var (a, b, c) = Operands(rows, depth, taps);
        for (var i = 0; i < c.Length; i++)
            c[i] = i % Step < 32 ? BitConverter.Int32BitsToSingle(i * 1000) : Untouched;
        var expected = c.Select(value => accumulate ? BitConverter.SingleToInt32Bits(value) : 0).ToArray();
        Each(rows, depth, taps, (word, weight, sum) =>
        {
            for (var part = 0; part < 4; part++)
                expected[sum] += (byte)(a[word] >> (8 * part)) * (sbyte)(b[weight] >> (8 * part));
        });
        Run<Int8Dot>(rows, depth, taps, accumulate, a, b, c);
        Each(rows, 1, 1, (_, _, sum) => Assert.Equal(expected[sum], BitConverter.SingleToInt32Bits(c[sum])));
        Assert.All(c.Where((_, i) => i % Step >= 32), value => Assert.Equal(Untouched, value));
    }

    [Fact]
    public void Bfloat16_products_round_to_nearest_and_take_tiny_numbers_as_zero()
    {
        Assert.SkipUnless(DotTiles.Has(DotKind.BFloat16), "This processor has no AVX-512 BF16.");
        var b = new uint[32];
        var c = new float[Step];
        void Product(uint a, uint weight)
        {
            b.AsSpan().Fill(weight);
            Run<BFloat16Dot>(1, 1, 1, accumulate: false, [a], b, c);
        }

        Product(0x3F80_3F80, 0x3F80_3F80);
        Assert.Equal(2, c[31]);

        // A number below 2⁻¹²⁶ counts as zero, and so does a product.
        Product(0x0040, 0x7F00);
        Assert.Equal(0, c[0]);
        Product(0x2000, 0x1F00);
        Assert.Equal(0, c[0]);
        Product(0x7F80, 0x3F80);
        Assert.Equal(float.PositiveInfinity, c[0]);
        Product(0x7FC0, 0x3F80);
        Assert.Equal(float.NaN, c[0]);
    }

    // The numbers of a word of A, a word of B and a sum that belong together.
    private static void Each(int rows, int depth, int taps, Action<int, int, int> visit)
    {
        for (var tap = 0; tap < taps; tap++)
            for (var k = 0; k < depth; k++)
                for (var row = 0; row < rows; row++)
                    for (var column = 0; column < 32; column++)
                        visit(Offset(tap, rows, depth) + (k * rows) + row, (((tap * depth) + k) * 32) + column, (row * Step) + column);
    }

    // Taps that overlap and lie in no particular order.
    private static int Offset(int tap, int rows, int depth) => tap * 7 % 5 * rows * Math.Max(1, depth / 2);

    private static (uint[] A, uint[] B, float[] C) Operands(int rows, int depth, int taps)
    {
        var random = new System.Random(rows + (100 * depth));
        uint Word() => Short() | (Short() << 16);
        uint Short() => ElementConversion.ToBFloat16((random.NextSingle() * 2) - 1);
        var a = Enumerable.Range(0, 5 * rows * depth * 2).Select(_ => Word()).ToArray();
        var b = Enumerable.Range(0, 32 * depth * taps).Select(_ => Word()).ToArray();
        var c = Enumerable.Range(0, rows * Step).Select(i => i % Step < 32 ? random.NextSingle() : Untouched).ToArray();
        return (a, b, c);
    }

    private static void Run<K>(int rows, int depth, int taps, bool accumulate, uint[] a, uint[] b, float[] c)
        where K : struct, IDotKind
    {
        var offsets = Enumerable.Range(0, taps).Select(tap => (nint)Offset(tap, rows, depth)).ToArray();
        fixed (uint* pa = a, pb = b)
        fixed (float* pc = c)
        fixed (nint* po = offsets)
            DotTile<K>.Multiply(rows, (float*)pa, rows, (byte*)pb, pc, Step, new DepthBlock(0, depth, taps, po), accumulate, (byte*)pb, 0);
    }

    private static float Half(uint word, int half) => ElementConversion.FromBFloat16((ushort)(word >> (16 * half)));
}
