using Kinora.Tensors.Random;

namespace Kinora.Tensors.Tests.Random;

public sealed class PhiloxTests
{
    // The known answers of the authors' own implementation (Random123, kat_vectors, philox4x32 10).
    [Fact]
    public void It_gives_the_published_numbers()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Block((0u, 0u), (0u, 0u, 0u, 0u)));
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu), Philox.Block((~0u, ~0u), (~0u, ~0u, ~0u, ~0u)));
        Assert.Equal(
            (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            Philox.Block((0xa4093822u, 0x299f31d0u), (0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u)));
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_deviation_1_and_never_infinity()
    {
        var numbers = new float[1 << 20];
        Philox.Normal(1, 2, 0, numbers);
        Assert.InRange(numbers.Average(), -0.004, 0.004);
        Assert.InRange(numbers.Average(n => n * n), 0.995, 1.005);
        Assert.InRange(numbers.Average(n => (double)n * n * n * n), 2.95, 3.05);
        Assert.All(numbers, n => Assert.True(float.IsFinite(n)));
    }

    [Fact]
    public void Any_part_of_a_stream_is_the_same_as_that_part_of_the_whole()
    {
        var (whole, part) = (new float[103], new float[50]);
        Philox.Normal(9, 8, 0, whole);
        Philox.Normal(9, 8, 40, part);
        Assert.Equal(whole[40..90], part);
        Philox.Uniform(9, 8, 0, whole);
        Philox.Uniform(9, 8, 40, part);
        Assert.Equal(whole[40..90], part);
        Assert.All(whole, n => Assert.InRange(n, 0, 0.99999994f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Normal(1, 1, 2, part));
    }

    [Fact]
    public void Seeds_and_streams_give_other_numbers()
    {
        var starts = new HashSet<float>();
        for (ulong i = 0; i < 20; i++)
        {
            var numbers = new float[1];
            Philox.Normal(i, 0, 0, numbers);
            Assert.True(starts.Add(numbers[0]));
            Philox.Normal(0, i + 1, 0, numbers);
            Assert.True(starts.Add(numbers[0]));
            Philox.Normal(i << 32 | 77, 0, 0, numbers);
            Assert.True(starts.Add(numbers[0]));
        }
    }
}
