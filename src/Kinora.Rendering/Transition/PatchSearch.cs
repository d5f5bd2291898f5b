using System.Runtime.Intrinsics;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Transition;

/// <summary>
/// Finds where the 8x8 patches of one picture lie in another, by inverse search: the slopes of the patch stay, only the other picture is resampled
/// (T. Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016, sections 2.1 and 2.2; written from the paper).
/// Patches start from the coarser level and take over a neighbour's better guess.
/// </summary>
internal sealed unsafe class PatchSearch
{
    private const int Side = 8, Spacing = 4, MostSteps = 10, Area = Side * Side;
    private readonly FlowLevel _from, _to;
    private readonly int _columns, _rows;
    private readonly float[] _u, _v;

    public PatchSearch(FlowLevel from, FlowLevel to, Plane u, Plane v)
    {
        (_from, _to) = (from, to);
        _columns = Math.Max(1, (from.Width - Side) / Spacing + 1);
        _rows = Math.Max(1, (from.Height - Side) / Spacing + 1);
        _u = new float[_columns * _rows];
        _v = new float[_columns * _rows];
        for (var k = 0; k < _u.Length; k++)
        {
            var (x, y) = Corner(k);
            (_u[k], _v[k]) = (u[x + Side / 2, y + Side / 2], v[x + Side / 2, y + Side / 2]);
        }
    }

    /// <summary>One pass over all patches, from the top left or from the bottom right.</summary>
    public void Sweep(bool forward)
    {
        fixed (float* light = _from.Light.Values, slopeX = _from.SlopeX.Values, slopeY = _from.SlopeY.Values, other = _to.Light.Values)
        {
            for (var k = 0; k < _u.Length; k++)
            {
                var at = forward ? k : _u.Length - 1 - k;
                Improve(at, forward ? -1 : 1, light, slopeX, slopeY, other);
            }
        }
    }

    /// <summary>A motion for every pixel: the mean of the patches over it, each by how well it fits there.</summary>
    public (Plane U, Plane V) Spread()
    {
        Plane u = new(_from.Width, _from.Height), v = new(_from.Width, _from.Height), weights = new(_from.Width, _from.Height);
        for (var k = 0; k < _u.Length; k++)
        {
            var (left, top) = Corner(k);
            for (var y = top; y < top + Side; y++)
            {
                for (var x = left; x < left + Side; x++)
                {
                    var weight = 1 / Math.Max(0.01f, Math.Abs(_to.Light.Sample(x + _u[k], y + _v[k]) - _from.Light[x, y]));
                    u[x, y] += weight * _u[k];
                    v[x, y] += weight * _v[k];
                    weights[x, y] += weight;
                }
            }
        }
        for (var i = 0; i < u.Length; i++)
        {
            if (weights.Values[i] <= 0)
                continue;
            u.Values[i] /= weights.Values[i];
            v.Values[i] /= weights.Values[i];
        }
        // A few pixels at the right and lower edge lie under no patch.
        return (PushPull.Fill(u, weights.Map(value => value > 0 ? 1 : 0)), PushPull.Fill(v, weights.Map(value => value > 0 ? 1 : 0)));
    }

    private (int X, int Y) Corner(int k) => (Math.Min(_from.Width - Side, k % _columns * Spacing), Math.Min(_from.Height - Side, k / _columns * Spacing));

    private void Improve(int k, int neighbour, float* light, float* slopeX, float* slopeY, float* other)
    {
        var (x, y) = Corner(k);
        float bestU = _u[k], bestV = _v[k], best = Error(light, other, x, y, bestU, bestV);
        int column = k % _columns, row = k / _columns;
        if (column + neighbour >= 0 && column + neighbour < _columns)
            Try(k + neighbour);
        if (row + neighbour >= 0 && row + neighbour < _rows)
            Try(k + neighbour * _columns);
        var (u, v, error) = Descend(light, slopeX, slopeY, other, x, y, bestU, bestV);
        if (error < best && Math.Abs(u - bestU) < Side && Math.Abs(v - bestV) < Side)
            (bestU, bestV) = (u, v);
        (_u[k], _v[k]) = (bestU, bestV);

        void Try(int from)
        {
            var candidate = Error(light, other, x, y, _u[from], _v[from]);
            if (candidate < best)
                (best, bestU, bestV) = (candidate, _u[from], _v[from]);
        }
    }

    private (float U, float V, float Error) Descend(float* light, float* slopeX, float* slopeY, float* other, int x, int y, float u, float v)
    {
        Vector256<float> sumX = default, sumY = default, xx = default, xy = default, yy = default;
        for (var row = 0; row < Side; row++)
        {
            Vector256<float> a = Vector256.Load(slopeX + (y + row) * _from.Width + x), b = Vector256.Load(slopeY + (y + row) * _from.Width + x);
            (sumX, sumY, xx, xy, yy) = (sumX + a, sumY + b, xx + a * a, xy + a * b, yy + b * b);
        }
        // Means are taken out everywhere: a patch may be brighter there than here.
        float meanX = Vector256.Sum(sumX) / Area, meanY = Vector256.Sum(sumY) / Area;
        float a11 = Vector256.Sum(xx) - meanX * meanX * Area + 1e-3f, a12 = Vector256.Sum(xy) - meanX * meanY * Area, a22 = Vector256.Sum(yy) - meanY * meanY * Area + 1e-3f;
        var determinant = a11 * a22 - a12 * a12;
        float best = float.MaxValue, bestU = u, bestV = v;
        if (determinant < 1e-8f)
            return (u, v, best);
        for (var step = 0; step < MostSteps; step++)
        {
            var (error, mean, dotX, dotY) = Compare(light, slopeX, slopeY, other, x, y, u, v);
            if (error < best)
                (best, bestU, bestV) = (error, u, v);
            else if (step > 2)
                break;
            float bx = dotX - mean * meanX * Area, by = dotY - mean * meanY * Area;
            float du = (a22 * bx - a12 * by) / determinant, dv = (a11 * by - a12 * bx) / determinant;
            u -= du;
            v -= dv;
            if (Math.Abs(du) + Math.Abs(dv) < 0.03f)
                break;
        }
        return (bestU, bestV, best);
    }

    private float Error(float* light, float* other, int x, int y, float u, float v) => Compare(light, null, null, other, x, y, u, v).Error;

    // Sum of squared differences without their mean, the mean, and the products with both slopes.
    private (float Error, float Mean, float DotX, float DotY) Compare(float* light, float* slopeX, float* slopeY, float* other, int x, int y, float u, float v)
    {
        int width = _to.Width;
        float fromX = Math.Clamp(x + u, 0, width - Side - 2f), fromY = Math.Clamp(y + v, 0, _to.Height - Side - 2f);
        int left = (int)fromX, top = (int)fromY;
        Vector256<float> wx = Vector256.Create(fromX - left), wy = Vector256.Create(fromY - top), sum = default, squares = default, dotX = default, dotY = default;
        var at = other + top * width + left;
        var upper = Row(at, wx);
        for (var row = 0; row < Side; row++)
        {
            at += width;
            var lower = Row(at, wx);
            var here = (y + row) * _from.Width + x;
            var difference = upper + wy * (lower - upper) - Vector256.Load(light + here);
            (sum, squares, upper) = (sum + difference, squares + difference * difference, lower);
            if (slopeX is null)
                continue;
            dotX += difference * Vector256.Load(slopeX + here);
            dotY += difference * Vector256.Load(slopeY + here);
        }
        var mean = Vector256.Sum(sum) / Area;
        return (Vector256.Sum(squares) - Area * mean * mean, mean, Vector256.Sum(dotX), Vector256.Sum(dotY));
    }

    private static Vector256<float> Row(float* at, Vector256<float> weight)
    {
        var here = Vector256.Load(at);
        return here + weight * (Vector256.Load(at + 1) - here);
    }
}
