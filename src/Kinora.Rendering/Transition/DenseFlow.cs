using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Transition;

/// <summary>Where every pixel of one picture lies in another, in its own pixels.</summary>
internal sealed record DenseFlow(Plane U, Plane V)
{
    /// <summary>Coarse to fine: patches, a median against outliers, then smoothing along the first picture's edges.</summary>
    public static DenseFlow Between(List<FlowLevel> from, List<FlowLevel> to)
    {
        Plane? u = null, v = null;
        for (var k = from.Count - 1; k >= 0; k--)
        {
            var level = from[k];
            (u, v) = (Grow(u, level.Width, level.Height, horizontal: true), Grow(v, level.Width, level.Height, horizontal: false));
            var search = new PatchSearch(level, to[k], u, v);
            search.Sweep(forward: true);
            if (k >= 2)
                search.Sweep(forward: false);
            (u, v) = search.Spread();
            var smoother = new GuidedFilter(level.Guide, Math.Max(3, level.Width / 80), 3e-3f);
            (u, v) = (smoother.Apply(Median(u)), smoother.Apply(Median(v)));
        }
        return new DenseFlow(u!, v!);
    }

    /// <summary>
    /// How far each pixel comes back to itself over there and back, 1 = exactly: exp(-|F01 + F10|² / (0.04 |F01|² + 1.5)). What is covered in the other picture does not.
    /// </summary>
    public Plane Consistency(DenseFlow back)
    {
        var result = new Plane(U.Width, U.Height);
        for (var y = 0; y < U.Height; y++)
        {
            for (var x = 0; x < U.Width; x++)
            {
                float u = U[x, y], v = V[x, y], toX = x + u, toY = y + v;
                if (toX < 0 || toY < 0 || toX > U.Width - 1 || toY > U.Height - 1)
                {
                    result[x, y] = 0.05f;
                    continue;
                }
                float du = u + back.U.Sample(toX, toY), dv = v + back.V.Sample(toX, toY);
                result[x, y] = MathF.Exp(-(du * du + dv * dv) / (0.04f * (u * u + v * v) + 1.5f));
            }
        }
        return result;
    }

    private static Plane Grow(Plane? plane, int width, int height, bool horizontal)
    {
        if (plane is null)
            return new Plane(width, height);
        var scale = horizontal ? (float)width / plane.Width : (float)height / plane.Height;
        var grown = Resampling.Resize(plane, width, height);
        for (var i = 0; i < grown.Length; i++)
            grown.Values[i] *= scale;
        return grown;
    }

    private static Plane Median(Plane plane)
    {
        var result = plane.Clone();
        Span<float> window = stackalloc float[9];
        for (var y = 1; y < plane.Height - 1; y++)
        {
            for (var x = 1; x < plane.Width - 1; x++)
            {
                for (var k = 0; k < 9; k++)
                    window[k] = plane[x + k % 3 - 1, y + k / 3 - 1];
                window.Sort();
                result[x, y] = window[4];
            }
        }
        return result;
    }
}
