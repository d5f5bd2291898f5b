namespace Kinora.Rendering.Planes;

/// <summary>
/// For every pixel the nearest one of a set, by two raster sweeps over vectors to it (P.-E. Danielsson, "Euclidean Distance Mapping", 1980, the 8-neighbour form).
/// </summary>
internal sealed class NearestFeature
{
    private const int Unknown = 20_000;
    private readonly int _width, _height;
    private readonly int[] _dx, _dy;

    public NearestFeature(Plane set, Func<float, bool> belongs)
    {
        (_width, _height) = (set.Width, set.Height);
        _dx = new int[set.Length];
        _dy = new int[set.Length];
        for (var i = 0; i < set.Length; i++)
            _dx[i] = _dy[i] = belongs(set.Values[i]) ? 0 : Unknown;
        Sweep(forward: true);
        Sweep(forward: false);
    }

    /// <summary>The vector from a pixel to its nearest one of the set; large if the set is empty.</summary>
    public (int X, int Y) this[int x, int y] => (_dx[y * _width + x], _dy[y * _width + x]);

    public bool IsKnown(int x, int y) => _dx[y * _width + x] < Unknown;

    public float Distance(int x, int y)
    {
        float dx = _dx[y * _width + x], dy = _dy[y * _width + x];
        return MathF.Sqrt(dx * dx + dy * dy);
    }

    private void Sweep(bool forward)
    {
        var step = forward ? 1 : -1;
        for (var k = 0; k < _height; k++)
        {
            var y = forward ? k : _height - 1 - k;
            for (var m = 0; m < _width; m++)
            {
                var x = forward ? m : _width - 1 - m;
                Compare(x, y, -step, 0);
                Compare(x, y, 0, -step);
                Compare(x, y, -step, -step);
                Compare(x, y, step, -step);
            }
            for (var m = _width - 1; m >= 0; m--)
                Compare(forward ? m : _width - 1 - m, y, step, 0);
        }
    }

    private void Compare(int x, int y, int offsetX, int offsetY)
    {
        int otherX = x + offsetX, otherY = y + offsetY;
        if (otherX < 0 || otherY < 0 || otherX >= _width || otherY >= _height)
            return;
        int here = y * _width + x, other = otherY * _width + otherX;
        if (_dx[other] >= Unknown)
            return;
        int dx = _dx[other] + offsetX, dy = _dy[other] + offsetY;
        if ((long)dx * dx + (long)dy * dy < (long)_dx[here] * _dx[here] + (long)_dy[here] * _dy[here])
            (_dx[here], _dy[here]) = (dx, dy);
    }
}
