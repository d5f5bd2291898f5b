using Kinora.Media.Images;

namespace Kinora.Media.Tests.Images;

public sealed class ImageGeometryTests
{
    [Fact]
    public void Covering_always_fills_the_result_from_a_window_inside_the_source_and_never_blows_up()
    {
        var random = new Random(3);
        for (var i = 0; i < 5000; i++)
        {
            var (sourceWidth, sourceHeight) = (1 + random.Next(i % 2 == 0 ? 20 : 16_384), 1 + random.Next(i % 3 == 0 ? 20 : 16_384));
            var (width, height) = (2 * (1 + random.Next(1000)), 2 * (1 + random.Next(1000)));
            var plan = ImageGeometry.Cover(sourceWidth, sourceHeight, width, height);
            Assert.True(plan.Source is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 }, $"{plan}");
            Assert.True(plan.Source.X + plan.Source.Width <= sourceWidth && plan.Source.Y + plan.Source.Height <= sourceHeight, $"{plan}");
            Assert.True(plan.Result.X >= 0 && plan.Result.X + width <= plan.ScaledWidth && plan.Result.Y >= 0 && plan.Result.Y + height <= plan.ScaledHeight, $"{plan}");
            var scale = Math.Max((double)width / sourceWidth, (double)height / sourceHeight);
            Assert.InRange(plan.ScaledWidth, width, width + (9 * scale) + 1);
            Assert.InRange(plan.ScaledHeight, height, height + (9 * scale) + 1);
            AssertCentred(plan.Source.X, plan.Result.X, width, sourceWidth, scale);
            AssertCentred(plan.Source.Y, plan.Result.Y, height, sourceHeight, scale);
        }
    }

    /// <summary>The middle of the result, in source pixels, is the middle of the source to within a pixel of the result.</summary>
    private static void AssertCentred(int sourceStart, int resultStart, int target, int source, double scale)
    {
        var middle = sourceStart + ((resultStart + (target / 2.0)) / scale);
        Assert.InRange((middle - (source / 2.0)) * scale, -1.01, 1.01);
    }
}
