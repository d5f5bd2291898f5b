using Kinora.Media.Color;

namespace Kinora.Media.Tests.Color;

public sealed class ThumbnailTests
{
    [Theory]
    [InlineData(1280, 720, 320, 320, 180)]
    [InlineData(720, 1280, 320, 180, 320)]
    [InlineData(1000, 400, 320, 250, 100)]
    [InlineData(200, 100, 320, 200, 100)]
    public void No_side_is_longer_than_asked_for(int width, int height, int longest, int smallWidth, int smallHeight)
    {
        var small = Thumbnail.Of(new VideoFrame(new FrameSize(width, height)), longest);
        Assert.Equal((smallWidth, smallHeight), (small.Width, small.Height));
    }

    [Fact]
    public void A_thumbnail_is_the_picture_made_small()
    {
        var frame = TestFrames.Create(new FrameSize(64, 32), 0);
        var small = Thumbnail.Of(frame, 16);
        var whole = Yuv420.ToImage(frame);
        // The gradient rises by one code a pixel: the middle of a 4x4 square lies between its pixels 1 and 2.
        for (var x = 0; x < 8; x++)
        {
            var expected = (whole.Pixels[(1 * 64 + 4 * x + 1) * 3] + whole.Pixels[(2 * 64 + 4 * x + 2) * 3]) / 2.0;
            Assert.InRange(small.Pixels[x * 3], expected - 2, expected + 2);
        }
    }
}
