using Kinora.Media.Color;

namespace Kinora.Media.Tests.Color;

public sealed class Yuv420Tests
{
    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(30)]
    [InlineData(66)]
    [InlineData(258)]
    public void Vectors_and_plain_loops_give_the_same_bytes(int width)
    {
        var random = new Random(width);
        var (top, bottom) = (new byte[width * 3], new byte[width * 3]);
        random.NextBytes(top);
        random.NextBytes(bottom);
        var (y, yPlain) = (new byte[width], new byte[width]);
        var (u, uPlain, v, vPlain) = (new byte[width / 2], new byte[width / 2], new byte[width / 2], new byte[width / 2]);

        RgbRows.Luma(top, y);
        RgbRows.LumaScalar(top, yPlain);
        RgbRows.Chroma(top, bottom, u, v);
        RgbRows.ChromaScalar(top, bottom, uPlain, vPlain);

        Assert.Equal(yPlain, y);
        Assert.Equal(uPlain, u);
        Assert.Equal(vPlain, v);
    }

    [Fact]
    public void Every_sample_is_within_one_of_the_real_numbers_of_the_standard()
    {
        var image = Noise(64, 32);
        var frame = Yuv420.FromImage(image);
        for (var row = 0; row < 32; row++)
        {
            for (var x = 0; x < 64; x++)
            {
                var (y, _, _) = Exact(image, x, row, 1);
                Assert.InRange(frame.Y[(row * 64) + x], y - 0.51, y + 0.51);
                if ((x | row) % 2 == 1)
                    continue;
                var (_, cb, cr) = Exact(image, x, row, 2);
                Assert.InRange(frame.U[(row / 2 * 32) + (x / 2)], cb - 0.51, cb + 0.51);
                Assert.InRange(frame.V[(row / 2 * 32) + (x / 2)], cr - 0.51, cr + 0.51);
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(255, 0, 0, 63, 102, 240)]
    [InlineData(0, 255, 0, 173, 42, 26)]
    [InlineData(0, 0, 255, 32, 240, 118)]
    public void The_corners_of_the_colour_cube_land_on_their_published_codes(byte r, byte g, byte b, byte y, byte u, byte v)
    {
        var frame = Yuv420.FromImage(Solid(r, g, b));
        Assert.Equal((y, u, v), (frame.Y[0], frame.U[0], frame.V[0]));
    }

    [Fact]
    public void Every_gray_survives_the_way_there_and_back_within_one_code()
    {
        for (var gray = 0; gray < 256; gray++)
        {
            var back = Yuv420.ToImage(Yuv420.FromImage(Solid((byte)gray, (byte)gray, (byte)gray))).Pixels;
            Assert.All(back, sample => Assert.InRange(sample, gray - 1, gray + 1));
        }
    }

    [Fact]
    public void An_image_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => Yuv420.FromImage(Solid(1, 2, 3), new VideoFrame(new FrameSize(6, 4))));

    private static (double Y, double Cb, double Cr) Exact(Image image, int x, int y, int side)
    {
        var (r, g, b) = (0.0, 0.0, 0.0);
        for (var dy = 0; dy < side; dy++)
        {
            for (var dx = 0; dx < side; dx++)
            {
                var i = ((((y + dy) * image.Width) + x + dx) * 3);
                r += image.Pixels[i];
                g += image.Pixels[i + 1];
                b += image.Pixels[i + 2];
            }
        }

        var scale = 1.0 / (side * side * 255.0);
        var luma = ((0.2126 * r) + (0.7152 * g) + (0.0722 * b)) * scale;
        return (16 + (219 * luma), 128 + (224 * ((b * scale) - luma) / 1.8556), 128 + (224 * ((r * scale) - luma) / 1.5748));
    }

    private static Image Noise(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(7).NextBytes(pixels);
        return new Image(width, height, 3, pixels);
    }

    private static Image Solid(byte r, byte g, byte b) =>
        new(4, 4, 3, [.. Enumerable.Range(0, 16).SelectMany(_ => new[] { r, g, b })]);
}
