using Kinora.Media;
using Kinora.Rendering.Camera;
using Kinora.Rendering.Camera.Moves;
using Kinora.Rendering.Depth;
using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Tests.Camera;

public sealed class OverscanTests
{
    public static TheoryData<string> Moves => [.. CameraMoves.All.Select(move => move.Name)];

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task No_move_at_twice_its_strength_ever_looks_beyond_the_picture(string name)
    {
        var reading = PictureReading.Of(await Photo.LoadAsync("rocket"), 1);
        foreach (var heading in Enum.GetValues<Heading>().Where(heading => heading != Heading.None))
        {
            var shot = new ShotPlan { FirstFrame = 0, FrameCount = 48, Framing = Framing.Full, Moves = [new MovePlan(name, heading, 2, Easing.Smooth, 0, 1, "")] };
            var poses = CameraPath.Of(shot, new CameraScene(0.47, 0.1, -0.1, 270.0 / 480), 1 / 24.0, 3);
            BorderGuard.Apply(poses, new Overscan(reading.Nearness, Photo.Small, 0), keepFirst: true, keepLast: false, 2);
            foreach (var pose in poses)
                AssertInside(pose, reading, Photo.Small);
        }
    }

    [Fact]
    public async Task The_camera_at_rest_shows_the_whole_picture()
    {
        var reading = PictureReading.Of(await Photo.LoadAsync("rocket"), 1);

        Assert.Equal(1, new Overscan(reading.Nearness, Photo.Small, 0).Fit(CameraPose.Rest));
    }

    private static void AssertInside(CameraPose pose, PictureReading reading, FrameSize size)
    {
        var grid = new SourceGrid(size);
        grid.Project(new View(pose), reading.Nearness);
        for (var row = 0; row <= size.Height / 16; row++)
        {
            for (var column = 0; column <= size.Width / 16; column++)
            {
                if (column * 16 >= size.Width || row * 16 >= size.Height)
                    continue;
                Assert.InRange(grid.X[row * grid.Stride + column], -0.6f, size.Width - 0.4f);
                Assert.InRange(grid.Y[row * grid.Stride + column], -0.6f, size.Height - 0.4f);
            }
        }
    }
}
