using Kinora.Rendering.Effects;

namespace Kinora.Rendering.Tests.Effects;

public sealed class RowPaintTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(61)]
    [InlineData(5)]
    public void Mixing_towards_a_value_equals_the_formula_in_every_pixel(int width)
    {
        int[] nodes = [0, 20_000, 65_536, -9_000, 40_000, 40_000];
        byte[] row = [.. Enumerable.Range(0, width).Select(x => (byte)(x * 37 % 256))], expected = (byte[])row.Clone();
        for (var x = 0; x < width; x++)
        {
            int cell = x / 16, weight = nodes[cell] + x % 16 * ((nodes[cell + 1] - nodes[cell]) >> 4);
            expected[x] = (byte)Math.Clamp(expected[x] + (((200 - expected[x]) * weight + 32_768) >> 16), 0, 255);
        }
        RowPaint.Towards(row, nodes, 4, 200);

        Assert.Equal(expected, row);
    }

    [Fact]
    public void A_full_weight_shows_the_other_row()
    {
        byte[] row = new byte[40], other = [.. Enumerable.Range(0, 40).Select(x => (byte)(x * 5))];
        RowPaint.Towards(row, [65_536, 65_536, 65_536, 65_536], 4, other);

        Assert.Equal(other, row);
    }

    [Theory]
    [InlineData(64, 257)]
    [InlineData(61, 180)]
    [InlineData(5, 90)]
    public void Mixing_with_a_covered_row_equals_the_formula_in_every_pixel(int width, int amount)
    {
        byte[] row = [.. Enumerable.Range(0, width).Select(x => (byte)(x * 37 % 256))], target = [.. row.Select(value => (byte)(255 - value))];
        byte[] cover = [.. Enumerable.Range(0, width).Select(x => (byte)(x * 91 % 256))];
        byte[] expected = [.. row.Select((value, x) => (byte)(value + (((target[x] - value) * cover[x] * amount + 32_768) >> 16)))];
        RowPaint.Towards(row, target, cover, amount);

        Assert.Equal(expected, row);
    }
}
