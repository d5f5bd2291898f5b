using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Tests.Planes;

public sealed class ResamplingTests
{
    [Fact]
    public void Shrinking_keeps_the_mean()
    {
        var plane = new Plane(101, 67);
        for (var i = 0; i < plane.Length; i++)
            plane.Values[i] = i * 7919 % 256 / 255f;

        Assert.Equal(PlaneStatistics.Mean(plane), PlaneStatistics.Mean(Resampling.Resize(plane, 40, 31)), 1e-4f);
    }

    [Fact]
    public void Shrinking_by_two_averages_four_pixels()
    {
        var plane = new Plane(4, 2, [0, 1, 2, 3, 4, 5, 6, 7]);

        Assert.Equal([2.5f, 4.5f], Resampling.Resize(plane, 2, 1).Values);
    }
}
