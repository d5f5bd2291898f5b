using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Tests.Planes;

public sealed class BoxFilterTests
{
    [Theory]
    [InlineData(37, 23, 1)]
    [InlineData(64, 80, 5)]
    [InlineData(9, 70, 20)]
    public void Means_equal_those_of_a_plain_loop(int width, int height, int radius)
    {
        var plane = new Plane(width, height);
        for (var i = 0; i < plane.Length; i++)
            plane.Values[i] = i * 7919 % 256 / 255f;
        var mean = BoxFilter.Mean(plane, radius);

        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                Assert.Equal(Naive(plane, x, y, radius), mean[x, y], 1e-4f);
        }
    }

    private static float Naive(Plane plane, int x, int y, int radius)
    {
        double sum = 0;
        for (var dy = -radius; dy <= radius; dy++)
        {
            for (var dx = -radius; dx <= radius; dx++)
                sum += plane[Math.Clamp(x + dx, 0, plane.Width - 1), Math.Clamp(y + dy, 0, plane.Height - 1)];
        }
        return (float)(sum / ((2 * radius + 1) * (2 * radius + 1)));
    }
}
