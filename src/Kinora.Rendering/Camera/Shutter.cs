using Kinora.Media;

namespace Kinora.Rendering.Camera;

/// <summary>
/// The camera's poses while its shutter is open. A frame that moves fast is the mean of several views along the way, so that a whip pan is a streak and
/// no row of stills; a slow one is a single view.
/// </summary>
/// <param name="Open">Part of the time from frame to frame that the shutter is open, 0 to 1.</param>
/// <param name="LeastPixels">Slower moves (in pixels per frame at 1280 pixels of width) are not blurred.</param>
internal readonly record struct Shutter(double Open, double LeastPixels)
{
    /// <summary>180 degrees, as film cameras have it.</summary>
    public static Shutter Usual { get; } = new(0.5, 7);

    /// <summary>Open all the time.</summary>
    public static Shutter Slow { get; } = new(1, 0.75);

    private const int MostPoses = 9;
    private const double PixelsPerPose = 2;

    /// <summary>Where the camera is while a frame is taken; one pose if it hardly moves.</summary>
    /// <param name="path">All poses of the clip.</param>
    /// <param name="index">The frame.</param>
    /// <param name="first">First frame of its shot.</param>
    /// <param name="last">Last frame of its shot.</param>
    /// <param name="size">Size of the frames.</param>
    public CameraPose[] Poses(CameraPose[] path, int index, int first, int last, FrameSize size)
    {
        CameraPose before = path[Math.Max(first, index - 1)], here = path[index], after = path[Math.Min(last, index + 1)];
        var pixels = Math.Max(Distance(before, here, size), Distance(here, after, size));
        if (pixels * 1280 / size.Width < LeastPixels)
            return [here];
        var count = Math.Clamp((int)(pixels * Open / PixelsPerPose) | 1, 3, MostPoses);
        var poses = new CameraPose[count];
        for (var k = 0; k < count; k++)
            poses[k] = At(before, here, after, Open * (k / (count - 1.0) - 0.5));
        return poses;
    }

    // The view at a time from -0.5 to 0.5 frames around this one.
    private static CameraPose At(CameraPose before, CameraPose here, CameraPose after, double time) =>
        here.Plus((time < 0 ? before : after).Minus(here).Scaled(Math.Abs(time)));

    // How far the corners and the middle of the picture move on the screen; a plane at half nearness stands for it.
    private static double Distance(CameraPose from, CameraPose to, FrameSize size)
    {
        View a = new(from), b = new(to);
        var half = 0.4f * size.Height / size.Width;
        double most = 0;
        foreach (var (x, y) in (ReadOnlySpan<(float, float)>)[(0, 0), (-0.4f, -half), (0.4f, -half), (-0.4f, half), (0.4f, half)])
        {
            var (u, v) = a.Unproject(x, y, 0.5f);
            var (s, t) = b.Unproject(x, y, 0.5f);
            most = Math.Max(most, Math.Sqrt((u - s) * (u - s) + (v - t) * (v - t)) * to.Zoom);
        }
        return most * size.Width;
    }
}
