using System.Numerics;

namespace Kinora.Rendering.Planes;

/// <summary>
/// Smooths a plane along the edges of a three-channel guide: in every window the output is the linear function of the guide
/// that fits the input best. K. He, J. Sun, X. Tang, "Guided Image Filtering", PAMI 2013, section 3.5 (colour guide).
/// The guide's own moments are computed once and reused for every plane filtered with it. Everything is done in place, a vector of pixels at a time;
/// the last vector overlaps the one before it, so it is computed first, from values that are still there, and stored last.
/// </summary>
internal sealed class GuidedFilter
{
    private readonly Plane[] _guide;
    private readonly int _radius;
    private readonly Plane[] _mean = new Plane[3];
    private readonly float[][] _inverse = new float[6][];

    /// <param name="guide">Three planes of one size, of at least 16 pixels.</param>
    /// <param name="radius">Window radius in pixels, at least 1.</param>
    /// <param name="epsilon">Variance of the guide below which a window counts as flat.</param>
    public GuidedFilter(Plane[] guide, int radius, float epsilon)
    {
        (_guide, _radius) = (guide, radius);
        for (var c = 0; c < 3; c++)
            _mean[c] = BoxFilter.Mean(guide[c], radius);
        var k = 0;
        for (var a = 0; a < 3; a++)
        {
            for (var b = a; b < 3; b++)
                _inverse[k++] = BoxFilter.Mean(Product(guide[a], guide[b]), radius).Values;
        }
        InvertCovariance(new Vector<float>(epsilon));
    }

    public Plane Apply(Plane input)
    {
        var mean = BoxFilter.Mean(input, _radius);
        var slopes = new Plane[3];
        for (var c = 0; c < 3; c++)
            slopes[c] = BoxFilter.Mean(Product(_guide[c], input), _radius);
        FitLines(mean.Values, slopes[0].Values, slopes[1].Values, slopes[2].Values);
        for (var c = 0; c < 3; c++)
            slopes[c] = BoxFilter.Mean(slopes[c], _radius);
        var output = BoxFilter.Mean(mean, _radius);
        AddLines(output.Values, slopes[0].Values, slopes[1].Values, slopes[2].Values);
        return output;
    }

    // The mean becomes the offset and the cross moments become the slopes.
    private void FitLines(float[] mean, float[] x0, float[] x1, float[] x2)
    {
        var (m0, m1, m2) = (_mean[0].Values, _mean[1].Values, _mean[2].Values);
        var (i00, i01, i02, i11, i12, i22) = (_inverse[0], _inverse[1], _inverse[2], _inverse[3], _inverse[4], _inverse[5]);
        var end = mean.Length - Vector<float>.Count;
        var last = Fit(end);
        for (var i = 0; i <= end; i += Vector<float>.Count)
            Store(i, Fit(i));
        Store(end, last);

        (Vector<float> Offset, Vector<float> A0, Vector<float> A1, Vector<float> A2) Fit(int i)
        {
            Vector<float> p = At(mean, i), n0 = At(m0, i), n1 = At(m1, i), n2 = At(m2, i);
            Vector<float> c0 = At(x0, i) - n0 * p, c1 = At(x1, i) - n1 * p, c2 = At(x2, i) - n2 * p;
            Vector<float> v01 = At(i01, i), v02 = At(i02, i), v12 = At(i12, i);
            var a0 = At(i00, i) * c0 + v01 * c1 + v02 * c2;
            var a1 = v01 * c0 + At(i11, i) * c1 + v12 * c2;
            var a2 = v02 * c0 + v12 * c1 + At(i22, i) * c2;
            return (p - a0 * n0 - a1 * n1 - a2 * n2, a0, a1, a2);
        }

        void Store(int i, (Vector<float> Offset, Vector<float> A0, Vector<float> A1, Vector<float> A2) line)
        {
            line.Offset.CopyTo(mean, i);
            line.A0.CopyTo(x0, i);
            line.A1.CopyTo(x1, i);
            line.A2.CopyTo(x2, i);
        }
    }

    // offset += slopes * guide.
    private void AddLines(float[] offset, float[] a0, float[] a1, float[] a2)
    {
        var (g0, g1, g2) = (_guide[0].Values, _guide[1].Values, _guide[2].Values);
        var end = offset.Length - Vector<float>.Count;
        var last = Sum(end);
        for (var i = 0; i <= end; i += Vector<float>.Count)
            Sum(i).CopyTo(offset, i);
        last.CopyTo(offset, end);

        Vector<float> Sum(int i) => At(offset, i) + At(a0, i) * At(g0, i) + At(a1, i) * At(g1, i) + At(a2, i) * At(g2, i);
    }

    // The second moments become the inverse of the covariance.
    private void InvertCovariance(Vector<float> epsilon)
    {
        var (m0, m1, m2) = (_mean[0].Values, _mean[1].Values, _mean[2].Values);
        var (i00, i01, i02, i11, i12, i22) = (_inverse[0], _inverse[1], _inverse[2], _inverse[3], _inverse[4], _inverse[5]);
        var end = m0.Length - Vector<float>.Count;
        Span<Vector<float>> last = stackalloc Vector<float>[6], inverse = stackalloc Vector<float>[6];
        Invert(end, last);
        for (var i = 0; i <= end; i += Vector<float>.Count)
        {
            Invert(i, inverse);
            Store(i, inverse);
        }
        Store(end, last);

        void Invert(int i, Span<Vector<float>> inverse)
        {
            Vector<float> n0 = At(m0, i), n1 = At(m1, i), n2 = At(m2, i);
            Vector<float> s00 = At(i00, i) - n0 * n0 + epsilon, s01 = At(i01, i) - n0 * n1, s02 = At(i02, i) - n0 * n2;
            Vector<float> s11 = At(i11, i) - n1 * n1 + epsilon, s12 = At(i12, i) - n1 * n2, s22 = At(i22, i) - n2 * n2 + epsilon;
            Vector<float> c00 = s11 * s22 - s12 * s12, c01 = s02 * s12 - s01 * s22, c02 = s01 * s12 - s02 * s11;
            var scale = Vector<float>.One / (s00 * c00 + s01 * c01 + s02 * c02);
            (inverse[0], inverse[1], inverse[2]) = (c00 * scale, c01 * scale, c02 * scale);
            inverse[3] = (s00 * s22 - s02 * s02) * scale;
            inverse[4] = (s01 * s02 - s00 * s12) * scale;
            inverse[5] = (s00 * s11 - s01 * s01) * scale;
        }

        void Store(int i, ReadOnlySpan<Vector<float>> inverse)
        {
            for (var k = 0; k < 6; k++)
                inverse[k].CopyTo(_inverse[k], i);
        }
    }

    private static Vector<float> At(float[] values, int index) => new(values, index);

    private static Plane Product(Plane a, Plane b)
    {
        var result = Plane.Uninitialized(a.Width, a.Height);
        var (left, right, product) = (a.Values, b.Values, result.Values);
        var end = product.Length - Vector<float>.Count;
        for (var i = 0; i <= end; i += Vector<float>.Count)
            (At(left, i) * At(right, i)).CopyTo(product, i);
        (At(left, end) * At(right, end)).CopyTo(product, end);
        return result;
    }
}
