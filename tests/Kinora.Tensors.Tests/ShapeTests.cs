namespace Kinora.Tensors.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void A_shape_counts_its_elements()
    {
        Assert.Equal(24, new Shape(2, 3, 4).ElementCount);
        Assert.Equal(1, default(Shape).ElementCount);
        Assert.Equal(1, new Shape().ElementCount);
        Assert.Equal(0, new Shape(5, 0).ElementCount);
        Assert.Equal(1L << 62, new Shape(1L << 31, 1L << 31).ElementCount);
    }

    [Fact]
    public void Equal_lengths_make_equal_shapes()
    {
        Shape a = [2, 3];
        Assert.True(a == new Shape(2, 3));
        Assert.True(a != [3, 2]);
        Assert.True(default == new Shape());
        Assert.Equal(a.GetHashCode(), new Shape(2, 3).GetHashCode());
        Assert.Equal("[2, 3]", a.ToString());
        Assert.Equal(3, a[-1]);
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(1L << 40, 1L << 40)]
    [InlineData(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)]
    [InlineData(0L, long.MaxValue, long.MaxValue)]
    public void Lengths_that_make_no_sense_are_refused(params long[] lengths) => Assert.Throws<TensorException>(() => new Shape(lengths));

    [Fact]
    public void An_axis_that_is_not_there_is_refused() => Assert.Contains("from -2 to 1", Assert.Throws<TensorException>(() => new Shape(2, 3)[2]).Message, StringComparison.Ordinal);
}
