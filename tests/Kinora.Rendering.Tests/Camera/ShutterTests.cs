using Kinora.Media;
using Kinora.Rendering.Camera;

namespace Kinora.Rendering.Tests.Camera;

public sealed class ShutterTests
{
    private static readonly FrameSize s_size = new(1280, 720);

    [Fact]
    public void A_slow_camera_takes_one_view() => Assert.Single(Shutter.Usual.Poses(Pan(0.001), 5, 0, 9, s_size));

    [Fact]
    public void A_fast_one_takes_several_around_the_middle_of_the_frame()
    {
        var path = Pan(0.02);
        var poses = Shutter.Usual.Poses(path, 5, 0, 9, s_size);

        Assert.True(poses.Length is >= 3 && poses.Length % 2 == 1);
        Assert.Equal(path[5].Yaw, poses[poses.Length / 2].Yaw, 9);
        // Open for half the time: a quarter of the way to either neighbour.
        Assert.Equal(path[5].Yaw - 0.005, poses[0].Yaw, 9);
        Assert.Equal(path[5].Yaw + 0.005, poses[^1].Yaw, 9);
    }

    [Fact]
    public void It_does_not_see_across_a_cut()
    {
        var path = Pan(0.02);
        path[4] = path[4] with { Yaw = 3 };

        Assert.All(Shutter.Usual.Poses(path, 5, 5, 9, s_size), pose => Assert.InRange(pose.Yaw, path[5].Yaw, path[6].Yaw));
    }

    private static CameraPose[] Pan(double yaw) => [.. Enumerable.Range(0, 10).Select(i => CameraPose.Rest with { Yaw = i * yaw })];
}
