using Kinora.Media;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Camera;

/// <summary>Finds the smallest zoom at which the camera sees nothing beyond the picture, so that no border ever shows.</summary>
internal sealed class Overscan
{
    private const int RaysPerSide = 17, Steps = 5, Halvings = 16;
    private const double Widest = 2.5;
    private readonly Plane _nearness;
    private readonly Overscan? _subject;
    private readonly float _aspect, _limitU, _limitV;

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
        for (var k = 0; k < RaysPerSide; k++)
        {
            var along = (float)k / (RaysPerSide - 1) - 0.5f;
            if (!Inside(view, along, -0.5f * _aspect) || !Inside(view, along, 0.5f * _aspect)
                || !Inside(view, -0.5f, along * _aspect) || !Inside(view, 0.5f, along * _aspect))
                return false;
        }
        return _subject?.Fits(pose) ?? true;
    }

    private bool Inside(in View view, float x, float y)
    {
        var (u, v) = (x, y);
        for (var step = 0; step < Steps; step++)
            (u, v) = view.Unproject(x, y, _nearness.SampleAt(u + 0.5f, v / _aspect + 0.5f));
        return Math.Abs(u) <= _limitU && Math.Abs(v) <= _limitV;
    }
}
