using Kinora.Media;
using Kinora.Rendering.Effects;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Transition;

/// <summary>
/// The way from the start image to the end image along the motion between them: both are warped to the same moment and mixed, each pixel by how far
/// it can be believed and how close in time it is.
/// </summary>
internal sealed class Morph(FlowPair flow)
{
    private const int Steps = 4;
    private const float LeastTrust = 0.05f;

    /// <summary>Moves grids that show the camera's view on to where the start and the end image have it, and says how much of the end image each node takes.</summary>
    /// <param name="start">The camera's view; becomes that of the start image.</param>
    /// <param name="end">The same view; becomes that of the end image.</param>
    /// <param name="time">0 (start) to 1 (end).</param>
    public NodeField Apply(SourceGrid start, SourceGrid end, float time)
    {
        var weights = new NodeField(start);
        for (var row = 0; row < start.Rows; row++)
        {
            for (var column = 0; column < start.Columns; column++)
            {
                var at = row * start.Stride + column;
                var here = (X: start.X[at], Y: start.Y[at]);
                (start.X[at], start.Y[at], var startTrust) = Follow(flow.Forward, flow.ForwardTrust, here, time, start.Size);
                (end.X[at], end.Y[at], var endTrust) = Follow(flow.Backward, flow.BackwardTrust, here, 1 - time, end.Size);
                var share = flow.IsAligned ? Smooth.Step(0.25f, 0.75f, time) : time;
                float keep = (1 - share) * startTrust, take = share * endTrust;
                weights.Values[row * start.Columns + column] = take / (keep + take + 1e-6f);
            }
        }
        return weights;
    }

    // A fitted motion is as good everywhere.
    private float Believe(Plane trust, float x, float y) => flow.IsAligned ? 0.5f : trust.Sample(x, y);

    // The point whose motion arrives here at this part of its way, by fixed-point steps.
    private (float X, float Y, float Trust) Follow(DenseFlow motion, Plane trust, (float X, float Y) here, float part, FrameSize size)
    {
        float perX = (float)motion.U.Width / size.Width, perY = (float)motion.U.Height / size.Height;
        float targetX = (here.X + 0.5f) * perX - 0.5f, targetY = (here.Y + 0.5f) * perY - 0.5f, x = targetX, y = targetY;
        for (var step = 0; step < Steps; step++)
        {
            float u = motion.U.Sample(x, y), v = motion.V.Sample(x, y);
            (x, y) = (targetX - part * u, targetY - part * v);
        }
        // Beyond its edge a picture knows nothing: the other one has to show this place.
        var beyond = Math.Max(Math.Max(-x, x - (motion.U.Width - 1)), Math.Max(Math.Max(-y, y - (motion.U.Height - 1)), 0));
        return ((x + 0.5f) / perX - 0.5f, (y + 0.5f) / perY - 0.5f, (Believe(trust, x, y) + LeastTrust) * MathF.Exp(-beyond * beyond) + 1e-5f);
    }
}
