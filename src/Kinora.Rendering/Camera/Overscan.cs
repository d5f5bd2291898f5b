using System.Runtime.Intrinsics;
using Kinora.Media;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Camera;

/// <summary>Finds the smallest zoom at which the camera sees nothing beyond the picture, so that no border ever shows.</summary>
internal sealed class Overscan
{
    private const int RaysPerSide = 16, Halvings = 16;
    private const double Widest = 2.5;
    private readonly Plane _nearness;
    private readonly Overscan? _subject;
    private readonly float _aspect, _limitU, _limitV;
    private readonly Vector256<float>[] _raysX, _raysY;

    /// <summary>For a picture with its subject: one that is cut off by the edge must not show where it ends.</summary>
    public Overscan(Set set, FrameSize size)
        : this(set.Background.Nearness, size, set.Background.Margin)
    {
        if (set.Subject is not null && set.Subject.TouchesEdge(size))
            _subject = new Overscan(set.Subject.Sheet.Nearness, size, 0);
    }

    /// <param name="nearness">The relief of the picture.</param>
    /// <param name="size">The picture's size.</param>
    /// <param name="margin">Pixels by which the picture continues beyond its edges.</param>
    public Overscan(Plane nearness, FrameSize size, int margin)
    {
        _nearness = nearness;
        _aspect = (float)size.Height / size.Width;
        // Half a pixel of slack would show as nothing; a tenth keeps rest exactly at rest.
        _limitU = 0.5f + (margin + 0.1f) / size.Width;
        _limitV = 0.5f * _aspect + (margin + 0.1f) / size.Width;
        (_raysX, _raysY) = BorderRays(_aspect);
    }

    /// <summary>The pose's own zoom if it fits, else the next larger one that does.</summary>
    public double Fit(CameraPose pose)
    {
        if (Fits(pose))
            return pose.Zoom;
        double low = pose.Zoom, high = pose.Zoom * Widest;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Fits(pose with { Zoom = middle }))
                high = middle;
            else
                low = middle;
        }
        return high;
    }

    /// <summary>Whether every border ray ends inside the picture.</summary>
    public bool Fits(CameraPose pose)
    {
        var view = new View(pose);
        for (var k = 0; k < _raysX.Length; k++)
        {
            var (u, v) = SourceGrid.Find(
                view, _nearness, _raysX[k] * view.PerZoom + Vector256.Create(view.CentreU), _raysY[k] * view.PerZoom + Vector256.Create(view.CentreV), 1 / _aspect);
            if (Vector256.GreaterThanAny(Vector256.Abs(u), Vector256.Create(_limitU)) || Vector256.GreaterThanAny(Vector256.Abs(v), Vector256.Create(_limitV)))
                return false;
        }
        return _subject?.Fits(pose) ?? true;
    }

    // From corner to corner along every side.
    private static (Vector256<float>[] X, Vector256<float>[] Y) BorderRays(float aspect)
    {
        var along = Enumerable.Range(0, RaysPerSide).Select(k => (float)k / (RaysPerSide - 1) - 0.5f).ToArray();
        float[] x = [.. along, .. along, .. along.Select(_ => -0.5f), .. along.Select(_ => 0.5f)];
        float[] y = [.. along.Select(_ => -0.5f * aspect), .. along.Select(_ => 0.5f * aspect), .. along.Select(at => at * aspect), .. along.Select(at => at * aspect)];
        return (InVectors(x), InVectors(y));
    }

    private static Vector256<float>[] InVectors(float[] values) =>
        [.. values.Chunk(Vector256<float>.Count).Select(chunk => Vector256.Create((ReadOnlySpan<float>)chunk))];
}
