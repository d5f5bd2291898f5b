namespace Kinora.Rendering.Tests;

public sealed class FrameSizingTests
{
    [Theory]
    [InlineData(1920, 1080, 1280, 720)]
    [InlineData(1080, 1920, 720, 1280)]
    [InlineData(1024, 1024, 960, 960)]
    [InlineData(300, 300, 960, 960)]
    [InlineData(3840, 2160, 1280, 720)]
    public void Common_ratios_get_their_well_known_sizes(int width, int height, int expectedWidth, int expectedHeight)
    {
        var size = FrameSizing.ForImage(width, height);

        Assert.Equal((expectedWidth, expectedHeight), (size.Width, size.Height));
    }

    [Fact]
    public void Every_ratio_is_kept_within_a_percent_at_about_the_area_of_720p()
    {
        for (var ratio = FrameSizing.NarrowestRatio; ratio <= FrameSizing.WidestRatio; ratio += 0.013)
        {
            var size = FrameSizing.ForImage((int)(2000 * ratio), 2000);

            Assert.InRange((double)size.Width / size.Height / ratio, 0.99, 1.01);
            Assert.InRange(size.Width * size.Height, FrameSizing.Area720 * 0.94, FrameSizing.Area720 * 1.06);
        }
    }

    [Theory]
    [InlineData(640, 480)]
    [InlineData(3000, 2000)]
    [InlineData(2000, 3000)]
    public void Widths_of_ordinary_photographs_are_multiples_of_16(int width, int height) =>
        Assert.Equal(0, FrameSizing.ForImage(width, height).Width % 16);

    [Fact]
    public void A_smaller_budget_gives_a_smaller_frame_of_the_same_ratio()
    {
        var size = FrameSizing.ForImage(1920, 1080, 480 * 270);

        Assert.Equal((480, 270), (size.Width, size.Height));
    }

    [Fact]
    public void Ratios_beyond_the_limits_are_clamped() => Assert.Equal(FrameSizing.ForImage(2500, 1000), FrameSizing.ForImage(9000, 1000));
}
