using Kinora.Media;
using Kinora.Server.Engines.Ltx;

namespace Kinora.Server.Tests.Engines.Ltx;

public sealed class LtxBucketTests
{
    [Theory]
    [InlineData(1280, 720, 512 * 288, 512, 288)]
    [InlineData(720, 1280, 512 * 288, 288, 512)]
    [InlineData(960, 960, 1280 * 704, 960, 960)]
    public void The_size_follows_the_shape_and_the_area(int width, int height, int area, int expectedWidth, int expectedHeight) =>
        Assert.Equal(new LtxBucket(expectedWidth, expectedHeight), LtxBucket.Nearest(new FrameSize(width, height), area));

    [Fact]
    public void Every_shape_gets_sides_that_the_model_can_make_near_the_area()
    {
        for (var width = 400; width <= 2400; width += 130)
        {
            var bucket = LtxBucket.Nearest(new FrameSize(width, 1000), 512 * 288);

            Assert.Equal((0, 0), (bucket.Width % 32, bucket.Height % 32));
            Assert.InRange(bucket.Width * (double)bucket.Height / (512 * 288), 0.7, 1.4);
            Assert.InRange((double)bucket.Width / bucket.Height / Math.Clamp(width / 1000.0, 9 / 21.0, 21 / 9.0), 0.93, 1.07);
        }
    }
}
