using Kinora.Rendering.Camera;

namespace Kinora.Rendering.Tests.Camera;

public sealed class ViewTests
{
    [Fact]
    public void At_rest_a_point_shows_itself()
    {
        var (u, v) = new View(CameraPose.Rest).Unproject(0.3f, -0.2f, 0.7f);

        Assert.Equal(0.3f, u, 1e-6f);
        Assert.Equal(-0.2f, v, 1e-6f);
    }

    [Fact]
    public void Unprojecting_undoes_projecting()
    {
        var pose = new CameraPose { X = 0.04, Y = -0.03, Z = 0.1, Yaw = 0.05, Pitch = -0.04, Roll = 0.06, Zoom = 1.1, CentreU = 0.02, CentreV = -0.01 };
        foreach (var (u, v, nearness) in new[] { (0.4f, 0.2f, 0f), (-0.3f, 0.1f, 0.5f), (0.1f, -0.25f, 1f) })
        {
            var (x, y) = Project(pose, u, v, View.InverseDepth(nearness));
            var (backU, backV) = new View(pose).Unproject((float)x, (float)y, nearness);
            Assert.Equal(u, backU, 1e-5f);
            Assert.Equal(v, backV, 1e-5f);
        }
    }

    // The forward direction, written down straight from the definition: move, yaw, pitch, roll, project, shift, zoom.
    private static (double X, double Y) Project(CameraPose pose, double u, double v, double q)
    {
        double x = u - pose.X * q * View.Focal, y = v - pose.Y * q * View.Focal, z = (1 - pose.Z * q) * View.Focal;
        (x, z) = (x * Math.Cos(pose.Yaw) - z * Math.Sin(pose.Yaw), x * Math.Sin(pose.Yaw) + z * Math.Cos(pose.Yaw));
        (y, z) = (y * Math.Cos(pose.Pitch) - z * Math.Sin(pose.Pitch), y * Math.Sin(pose.Pitch) + z * Math.Cos(pose.Pitch));
        (x, y) = (x * Math.Cos(pose.Roll) - y * Math.Sin(pose.Roll), x * Math.Sin(pose.Roll) + y * Math.Cos(pose.Roll));
        return ((x / z * View.Focal - pose.CentreU) * pose.Zoom, (y / z * View.Focal - pose.CentreV) * pose.Zoom);
    }
}
