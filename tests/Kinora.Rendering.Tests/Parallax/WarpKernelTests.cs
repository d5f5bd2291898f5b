using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Tests.Parallax;

public sealed unsafe class WarpKernelTests
{
    [Theory]
    [InlineData(2f, 0f)]
    [InlineData(1.97f, 0.1f)]
    [InlineData(1.2f, -0.06f)]
    [InlineData(0.1f, 0.01f)]
    [InlineData(1.9f, 0.02f)]
    [InlineData(1f, 0.4f)]
    [InlineData(3.7f, 1.3f)]
    [InlineData(-2f, 0.1f)]
    [InlineData(0.3f, -2f)]
    public void Every_instruction_set_gives_the_bytes_of_the_plain_kernel(float stepX, float stepY)
    {
        var texture = Noise(400, 120);
        foreach (var cellShift in (int[])[4, 3])
        {
            foreach (var width in (int[])[1, 7, 8, 31, 32, 63, 64, 100, 136])
            {
                var expected = Row(texture, width, stepX, stepY, WarpInstructions.Portable, cellShift: cellShift);
                foreach (var instructions in Enum.GetValues<WarpInstructions>().Where(WarpKernel.Supports))
                    Assert.Equal(expected, Row(texture, width, stepX, stepY, instructions, cellShift: cellShift));
            }
        }
    }

    [Fact]
    public void Two_textures_at_once_give_what_each_gives_alone()
    {
        Texture one = Noise(300, 90, seed: 1), other = Noise(300, 90, seed: 2);
        const int Width = 109;
        float[] x = [.. Enumerable.Range(0, 18).Select(i => 3 + i * 16.4f)], y = [.. Enumerable.Range(0, 18).Select(i => 9 + i * 0.7f)];
        var memory = stackalloc int[RowMap.MemoryFor(18)];
        var map = RowMap.Create(x, y, 1, 0, 0, 3, memory);
        foreach (var instructions in Enum.GetValues<WarpInstructions>().Where(WarpKernel.Supports))
        {
            byte[] a = new byte[Width], b = new byte[Width], first = new byte[Width], second = new byte[Width];
            fixed (byte* pa = a, pb = b, p1 = first, p2 = second)
            {
                WarpKernel.Row(one, map, Width, pa, instructions);
                WarpKernel.Row(other, map, Width, pb, instructions);
                WarpKernel.Row(one, other, map, Width, p1, p2, instructions);
            }
            Assert.Equal(a, first);
            Assert.Equal(b, second);
        }
    }

    [Fact]
    public void A_position_on_a_texel_gives_that_texel()
    {
        var texture = Noise(64, 32);
        var row = Row(texture, 32, 1, 0, WarpInstructions.Portable, startX: 5, startY: 9);

        for (var x = 0; x < 32; x++)
            Assert.Equal(texture.Row(9)[x + 5] + Texture.Bias, row[x]);
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

        Assert.All(row, value => Assert.Equal(texture.Row(31)[0] + Texture.Bias, value));
    }

    private static byte[] Row(Texture texture, int width, float stepX, float stepY, WarpInstructions instructions, float startX = 20.3f, float startY = 30.7f, int cellShift = 4)
    {
        int cells = (width >> cellShift) + 3, pixels = 1 << cellShift;
        float[] x = new float[cells], y = new float[cells];
        for (var i = 0; i < cells; i++)
            (x[i], y[i]) = (startX + i * pixels * stepX, startY + i * pixels * stepY);
        // Guard bytes behind the row must survive.
        var output = new byte[width + 16];
        output.AsSpan(width).Fill(77);
        var memory = stackalloc int[RowMap.MemoryFor(cells)];
        var map = RowMap.Create(x, y, 1, 0, 0, cellShift, memory);
        fixed (byte* o = output)
            WarpKernel.Row(texture, map, width, o, instructions);
        Assert.All(output[width..], value => Assert.Equal(77, value));
        return output[..width];
    }

    private static Texture Noise(int width, int height, uint seed = 12345)
    {
        var texture = new Texture(width, height);
        var state = seed;
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
