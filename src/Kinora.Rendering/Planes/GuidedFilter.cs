using System.Numerics;

namespace Kinora.Rendering.Planes;

/// <summary>
/// Smooths a plane along the edges of a three-channel guide: in every window the output is the linear function of the guide
/// that fits the input best. K. He, J. Sun, X. Tang, "Guided Image Filtering", PAMI 2013, section 3.5 (colour guide).
/// The guide's own moments are computed once and reused for every plane filtered with it.
/// </summary>
internal sealed class GuidedFilter
{
    private readonly Plane[] _guide;
    private readonly int _radius;
    private readonly Plane[] _mean = new Plane[3];
    private readonly float[][] _inverse = new float[6][];

    /// <param name="guide">Three planes of one size.</param>
    /// <param name="radius">Window radius in pixels, at least 1.</param>
    /// <param name="epsilon">Variance of the guide below which a window counts as flat.</param>
    public GuidedFilter(Plane[] guide, int radius, float epsilon)
    {
        (_guide, _radius) = (guide, radius);
        for (var c = 0; c < 3; c++)
            _mean[c] = BoxFilter.Mean(guide[c], radius);
        var moments = new Plane[6];
        var k = 0;
        for (var a = 0; a < 3; a++)
        {
            for (var b = a; b < 3; b++)
                moments[k++] = BoxFilter.Mean(Product(guide[a], guide[b]), radius);
        }
        InvertCovariance(moments, epsilon);
    }

    public Plane Apply(Plane input)
    {
        var mean = BoxFilter.Mean(input, _radius);
        var cross = new Plane[3];
        for (var c = 0; c < 3; c++)
            cross[c] = BoxFilter.Mean(Product(_guide[c], input), _radius);
        FitLines(mean, cross);
        for (var c = 0; c < 3; c++)
            cross[c] = BoxFilter.Mean(cross[c], _radius);
        var offset = BoxFilter.Mean(mean, _radius).Values;
        var (a0, a1, a2) = (cross[0].Values, cross[1].Values, cross[2].Values);
        var (g0, g1, g2) = (_guide[0].Values, _guide[1].Values, _guide[2].Values);
        for (var i = 0; i < offset.Length; i++)
            offset[i] += a0[i] * g0[i] + a1[i] * g1[i] + a2[i] * g2[i];
        return new Plane(input.Width, input.Height, offset);
    }

    // Overwrites the means with offsets and the cross moments with slopes: every buffer is used once more.
    private void FitLines(Plane mean, Plane[] cross)
    {
        var (m0, m1, m2) = (_mean[0].Values, _mean[1].Values, _mean[2].Values);
        var (x0, x1, x2) = (cross[0].Values, cross[1].Values, cross[2].Values);
        var (i00, i01, i02) = (_inverse[0], _inverse[1], _inverse[2]);
        var (i11, i12, i22) = (_inverse[3], _inverse[4], _inverse[5]);
        for (var i = 0; i < x0.Length; i++)
        {
            var p = mean.Values[i];
            float c0 = x0[i] - m0[i] * p, c1 = x1[i] - m1[i] * p, c2 = x2[i] - m2[i] * p;
            x0[i] = i00[i] * c0 + i01[i] * c1 + i02[i] * c2;
            x1[i] = i01[i] * c0 + i11[i] * c1 + i12[i] * c2;
            x2[i] = i02[i] * c0 + i12[i] * c1 + i22[i] * c2;
            mean.Values[i] = p - x0[i] * m0[i] - x1[i] * m1[i] - x2[i] * m2[i];
        }
    }

    private void InvertCovariance(Plane[] moments, float epsilon)
    {
        var length = moments[0].Length;
        for (var k = 0; k < 6; k++)
            _inverse[k] = new float[length];
        for (var i = 0; i < length; i++)
        {
            float m0 = _mean[0].Values[i], m1 = _mean[1].Values[i], m2 = _mean[2].Values[i];
            float s00 = moments[0].Values[i] - m0 * m0 + epsilon, s01 = moments[1].Values[i] - m0 * m1, s02 = moments[2].Values[i] - m0 * m2;
            float s11 = moments[3].Values[i] - m1 * m1 + epsilon, s12 = moments[4].Values[i] - m1 * m2, s22 = moments[5].Values[i] - m2 * m2 + epsilon;
            float c00 = s11 * s22 - s12 * s12, c01 = s02 * s12 - s01 * s22, c02 = s01 * s12 - s02 * s11;
            var scale = 1f / (s00 * c00 + s01 * c01 + s02 * c02);
            _inverse[0][i] = c00 * scale;
            _inverse[1][i] = c01 * scale;
            _inverse[2][i] = c02 * scale;
            _inverse[3][i] = (s00 * s22 - s02 * s02) * scale;
            _inverse[4][i] = (s01 * s02 - s00 * s12) * scale;
            _inverse[5][i] = (s00 * s11 - s01 * s01) * scale;
        }
    }

    private static Plane Product(Plane a, Plane b)
    {
        var result = new Plane(a.Width, a.Height);
        var (left, right, product) = (a.Values, b.Values, result.Values);
        var i = 0;
        for (; i <= product.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(left, i) * new Vector<float>(right, i)).CopyTo(product, i);
        for (; i < product.Length; i++)
            product[i] = left[i] * right[i];
        return result;
    }
}
