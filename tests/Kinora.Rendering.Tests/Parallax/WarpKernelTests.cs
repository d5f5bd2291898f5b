using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Tests.Parallax;

public sealed unsafe class WarpKernelTests
{
    [Theory]
    [InlineData(2f, 0f)]
    [InlineData(1.9f, 0.02f)]
    [InlineData(1f, 0.4f)]
    [InlineData(3.7f, 1.3f)]
    [InlineData(-2f, 0.1f)]
    [InlineData(0.3f, -2f)]
    public void Every_instruction_set_gives_the_bytes_of_the_plain_kernel(float stepX, float stepY)
    {
        var texture = Noise(200, 120);
        foreach (var width in new[] { 1, 7, 8, 63, 64, 100 })
        {
            var expected = Row(texture, width, stepX, stepY, WarpInstructions.Portable);
            foreach (var instructions in Enum.GetValues<WarpInstructions>().Where(WarpKernel.Supports))
                Assert.Equal(expected, Row(texture, width, stepX, stepY, instructions));
        }
    }

    [Fact]
    public void A_position_on_a_texel_gives_that_texel()
    {
        var texture = Noise(64, 32);
        var row = Row(texture, 32, 1, 0, WarpInstructions.Portable, startX: 5, startY: 9);

        for (var x = 0; x < 32; x++)
            Assert.Equal((texture.Row(9)[x + 5] + 32) / Texture.Unit, row[x]);
    }

    [Fact]
    public void Halfway_between_texels_is_their_mean()
    {
        var texture = new Texture(64, 32);
        for (var y = 0; y < 32; y++)
            texture.SetRow(y, [.. Enumerable.Range(0, 64).Select(x => 2f * x)]);
        texture.ExtendEdges();
        var row = Row(texture, 16, 1, 0, WarpKernel.Best, startX: 3.5f, startY: 7.5f);

        Assert.Equal(Enumerable.Range(0, 16).Select(x => (byte)(2 * x + 7)), row);
    }

    [Fact]
    public void Positions_outside_show_the_edge()
    {
        var texture = Noise(64, 32);
        var row = Row(texture, 24, 0, 0, WarpKernel.Best, startX: -500, startY: 900);

        Assert.All(row, value => Assert.Equal((texture.Row(31)[0] + 32) / Texture.Unit, value));
    }

    private static byte[] Row(Texture texture, int width, float stepX, float stepY, WarpInstructions instructions, float startX = 20.3f, float startY = 30.7f)
    {
        var cells = width / 16 + 3;
        int[] x = new int[cells], y = new int[cells];
        for (var i = 0; i < cells; i++)
            (x[i], y[i]) = ((int)((startX + i * 16 * stepX) * RowMap.One), (int)((startY + i * 16 * stepY) * RowMap.One));
        // Guard bytes behind the row must survive.
        var output = new byte[width + 16];
        output.AsSpan(width).Fill(77);
        fixed (int* px = x, py = y)
        fixed (byte* o = output)
            WarpKernel.Row(texture, new RowMap(px, py, 4), width, o, instructions);
        Assert.All(output[width..], value => Assert.Equal(77, value));
        return output[..width];
    }

    private static Texture Noise(int width, int height)
    {
        var texture = new Texture(width, height);
        var state = 12345u;
        for (var y = 0; y < height; y++)
        {
            var row = new float[width];
            for (var x = 0; x < width; x++)
            {
                state = state * 1664525 + 1013904223;
                row[x] = state >> 24;
            }
            texture.SetRow(y, row);
        }
        texture.ExtendEdges();
        return texture;
    }
}
