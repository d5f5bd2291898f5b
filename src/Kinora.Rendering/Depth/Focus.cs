using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>
/// What is in focus: the share of fine detail among all detail, spread along edges. It says something about depth only if part of the
/// picture is sharp and part is not.
/// </summary>
/// <param name="Sharpness">0 (soft) to 1 (sharp).</param>
/// <param name="Shallowness">0 if everything is equally sharp, 1 if much of the structure is far out of focus.</param>
internal sealed record Focus(Plane Sharpness, float Shallowness)
{
    /// <param name="lightness">Lightness at a higher resolution than the work picture (fine detail is what is looked for).</param>
    /// <param name="smoother">Edge-aware filter at the work picture's size.</param>
    /// <param name="width">Width of the work picture.</param>
    /// <param name="height">Height of the work picture.</param>
    public static Focus Measure(Plane lightness, GuidedFilter smoother, int width, int height)
    {
        var (fine, coarse) = Energies(lightness, width, height);
        var ratio = new Plane(width, height);
        var weight = new Plane(width, height);
        for (var i = 0; i < ratio.Length; i++)
        {
            float f = fine.Values[i], c = coarse.Values[i];
            weight.Values[i] = Smooth.Step(0.004f, 0.03f, f + c);
            ratio.Values[i] = f / (f + 0.5f * c + 0.002f);
        }
        return new Focus(Spread(ratio, weight, smoother), Bimodality(ratio, weight));
    }

    private static (Plane Fine, Plane Coarse) Energies(Plane lightness, int width, int height)
    {
        var medium = BoxFilter.Mean(BoxFilter.Mean(lightness, 2), 2);
        var soft = BoxFilter.Mean(BoxFilter.Mean(medium, 4), 4);
        var fine = Difference(lightness, BoxFilter.Mean(lightness, 1));
        var coarse = Difference(medium, soft);
        var radius = Math.Max(3, lightness.Width / 160);
        return (Resampling.Resize(BoxFilter.Mean(fine, radius), width, height), Resampling.Resize(BoxFilter.Mean(coarse, radius), width, height));
    }

    private static Plane Difference(Plane a, Plane b)
    {
        var result = new Plane(a.Width, a.Height);
        for (var i = 0; i < result.Length; i++)
            result.Values[i] = Math.Abs(a.Values[i] - b.Values[i]);
        return result;
    }

    // Flat areas know nothing about focus: they take over what the structure around them says.
    private static Plane Spread(Plane ratio, Plane weight, GuidedFilter smoother)
    {
        var weighted = new Plane(ratio.Width, ratio.Height);
        for (var i = 0; i < ratio.Length; i++)
            weighted.Values[i] = ratio.Values[i] * weight.Values[i];
        Plane numerator = smoother.Apply(weighted), denominator = smoother.Apply(weight);
        for (var i = 0; i < ratio.Length; i++)
            numerator.Values[i] = Math.Clamp(numerator.Values[i] / Math.Max(denominator.Values[i], 0.05f), 0, 1);
        return PlaneStatistics.Normalize(numerator, 0.03, 0.97);
    }

    private static float Bimodality(Plane ratio, Plane weight)
    {
        var high = PlaneStatistics.Quantile(ratio, 0.97);
        double all = 1, soft = 0;
        for (var i = 0; i < ratio.Length; i++)
        {
            all += weight.Values[i];
            if (ratio.Values[i] < 0.45f * high)
                soft += weight.Values[i];
        }
        return (float)Math.Clamp((soft / all - 0.15) * 2.2, 0, 1);
    }
}
