using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>
/// Fills the place behind the subject: near the silhouette with the texture beside it, mirrored across the edge (coordinates smoothed, so that no seams form),
/// deeper inside with smooth colour. The camera's baseline only ever shows the first few percent.
/// </summary>
internal sealed class BackgroundFill
{
    private readonly int _width, _height;
    private readonly bool[] _known;
    private readonly Plane _knownHalf, _mirrorX, _mirrorY, _depth;
    private readonly float _band;

    public BackgroundFill(Plane matte)
    {
        (_width, _height) = (matte.Width, matte.Height);
        var grown = BoxFilter.Mean(matte.Map(value => value > 0.03f ? 1 : 0), Math.Max(3, matte.Width / 240));
        _known = Array.ConvertAll(grown.Values, value => value < 1e-4f);
        _knownHalf = new Plane(_width / 2, _height / 2);
        for (var y = 0; y < _knownHalf.Height; y++)
        {
            for (var x = 0; x < _knownHalf.Width; x++)
                _knownHalf[x, y] = _known[2 * y * _width + 2 * x] && _known[(2 * y + 1) * _width + 2 * x + 1] ? 1 : 0;
        }
        _band = _width / 26f;
        (_mirrorX, _mirrorY, _depth) = Mirror(_knownHalf);
    }

    /// <summary>The picture with the place behind the subject filled.</summary>
    /// <param name="picture">Its code values.</param>
    /// <param name="threads">Threads to use; they change nothing in the result.</param>
    public CodePlanes Apply(CodePlanes picture, int threads)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var result = new CodePlanes(picture.Y.Length);
        float[][] from = [picture.Y, picture.U, picture.V], to = [result.Y, result.U, result.V];
        var smooth = new Plane[from.Length];
        Parallel.For(0, from.Length, options, c => smooth[c] = PushPull.Fill(Half(from[c]), _knownHalf));
        var full = Array.ConvertAll(from, codes => new Plane(_width, _height, codes));
        Parallel.For(0, _height, options, y => FillRow(y, full, smooth, to));
        return result;
    }

    private Plane Half(float[] picture)
    {
        var half = new Plane(_knownHalf.Width, _knownHalf.Height);
        for (var y = 0; y < half.Height; y++)
        {
            for (var x = 0; x < half.Width; x++)
                half[x, y] = picture[2 * y * _width + 2 * x];
        }
        return half;
    }

    private void FillRow(int y, Plane[] picture, Plane[] smooth, float[][] result)
    {
        for (var x = 0; x < _width; x++)
        {
            var at = y * _width + x;
            if (_known[at])
            {
                for (var c = 0; c < result.Length; c++)
                    result[c][at] = picture[c].Values[at];
                continue;
            }
            float halfX = x * 0.5f - 0.25f, halfY = y * 0.5f - 0.25f;
            var texture = Smooth.Step(_band, 0.35f * _band, 2 * _depth.Sample(halfX, halfY));
            float fromX = 0, fromY = 0;
            if (texture > 0)
            {
                (fromX, fromY) = (Math.Clamp(2 * _mirrorX.Sample(halfX, halfY) + 0.5f, 0, _width - 1), Math.Clamp(2 * _mirrorY.Sample(halfX, halfY) + 0.5f, 0, _height - 1));
                texture = _known[(int)fromY * _width + (int)fromX] ? texture : 0;
            }
            for (var c = 0; c < result.Length; c++)
            {
                var colour = smooth[c].Sample(halfX, halfY);
                result[c][at] = texture > 0 ? colour + (picture[c].Sample(fromX, fromY) - colour) * texture : colour;
            }
        }
    }

    private static (Plane X, Plane Y, Plane Depth) Mirror(Plane known)
    {
        var nearest = new NearestFeature(known, value => value > 0.5f);
        Plane mirrorX = new(known.Width, known.Height), mirrorY = new(known.Width, known.Height), depth = new(known.Width, known.Height);
        for (var y = 0; y < known.Height; y++)
        {
            for (var x = 0; x < known.Width; x++)
            {
                var (dx, dy) = nearest.IsKnown(x, y) ? nearest[x, y] : (0, 0);
                mirrorX[x, y] = x + 2 * dx;
                mirrorY[x, y] = y + 2 * dy;
                depth[x, y] = nearest.IsKnown(x, y) ? nearest.Distance(x, y) : 1e6f;
            }
        }
        return (BoxFilter.Mean(mirrorX, 3), BoxFilter.Mean(mirrorY, 3), depth);
    }
}
