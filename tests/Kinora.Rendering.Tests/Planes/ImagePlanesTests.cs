using Kinora.Media;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Tests.Planes;

public sealed class ImagePlanesTests
{
    [Theory]
    [InlineData(40, 30, 20, 10, 3)]
    [InlineData(37, 23, 16, 16, 3)]
    [InlineData(33, 20, 33, 20, 4)]
    public void A_pixel_is_the_mean_of_what_it_covers(int width, int height, int smallWidth, int smallHeight, int channels)
    {
        var image = Noise(width, height, channels);
        var planes = ImagePlanes.Of(image, smallWidth, smallHeight, threads: 2);

        for (var c = 0; c < 3; c++)
        {
            for (var y = 0; y < smallHeight; y++)
            {
                for (var x = 0; x < smallWidth; x++)
                    Assert.Equal(Mean(image, c, (double)x * width / smallWidth, (double)y * height / smallHeight, (double)width / smallWidth, (double)height / smallHeight), planes[c][x, y], 1e-4);
            }
        }
    }

    [Fact]
    public void A_small_picture_is_made_larger()
    {
        var planes = ImagePlanes.Of(Noise(8, 40, 3), 16, 40, threads: 1);
        Assert.Equal((16, 40), (planes[0].Width, planes[0].Height));
    }

    private static double Mean(Image image, int channel, double left, double top, double width, double height)
    {
        double sum = 0;
        for (var y = (int)top; y < Math.Min(image.Height, top + height); y++)
        {
            for (var x = (int)left; x < Math.Min(image.Width, left + width); x++)
            {
                var covered = Math.Max(0, Math.Min(x + 1, left + width) - Math.Max(x, left)) * Math.Max(0, Math.Min(y + 1, top + height) - Math.Max(y, top));
                sum += covered * image.Pixels[(y * image.Width + x) * image.Channels + channel];
            }
        }
        return sum / (width * height * 255);
    }

    private static Image Noise(int width, int height, int channels)
    {
        var image = new Image(width, height, channels, new byte[width * height * channels]);
        new Random(9).NextBytes(image.Pixels);
        return image;
    }
}
