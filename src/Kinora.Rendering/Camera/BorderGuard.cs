namespace Kinora.Rendering.Camera;

/// <summary>Raises the zoom of a whole path just enough that no frame sees beyond the picture, without letting the zoom itself jitter.</summary>
internal static class BorderGuard
{
    /// <param name="poses">The path; its zooms are raised in place.</param>
    /// <param name="overscan">Knows how much zoom each pose needs.</param>
    /// <param name="keepFirst">The first frame must stay as it is (it is the start image).</param>
    /// <param name="keepLast">The last frame must stay as it is (it is the end image).</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public static void Apply(CameraPose[] poses, Overscan overscan, bool keepFirst, bool keepLast, int threads)
    {
        var needed = new double[poses.Length];
        Parallel.For(0, poses.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => needed[i] = overscan.Fit(poses[i]) / poses[i].Zoom);
        var smooth = Envelope(needed, Math.Max(1, poses.Length / 10));
        for (var i = 0; i < poses.Length; i++)
        {
            var raise = smooth[i];
            if (keepFirst)
                raise = Blend(needed[i], raise, i, poses.Length);
            if (keepLast)
                raise = Blend(needed[i], raise, poses.Length - 1 - i, poses.Length);
            poses[i] = poses[i] with { Zoom = poses[i].Zoom * Math.Max(raise, needed[i]) };
        }
    }

    // At a kept end the need itself is met (it starts from nothing and grows smoothly), a third of the way in the envelope rules.
    private static double Blend(double needed, double envelope, int distance, int length)
    {
        var weight = Planes.Smooth.Step(0, 1, distance / Math.Max(1.0, length * 0.35));
        return needed + (envelope - needed) * weight;
    }

    // Largest need nearby, then smoothed: always at least the need itself.
    private static double[] Envelope(double[] needed, int radius)
    {
        var highest = new double[needed.Length];
        for (var i = 0; i < needed.Length; i++)
        {
            for (var k = Math.Max(0, i - radius); k <= Math.Min(needed.Length - 1, i + radius); k++)
                highest[i] = Math.Max(highest[i], needed[k]);
        }
        return Average(Average(highest, radius / 2), radius - radius / 2);
    }

    private static double[] Average(double[] values, int radius)
    {
        var result = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = i - radius; k <= i + radius; k++)
                result[i] += values[Math.Clamp(k, 0, values.Length - 1)] / (2 * radius + 1);
        }
        return result;
    }
}
