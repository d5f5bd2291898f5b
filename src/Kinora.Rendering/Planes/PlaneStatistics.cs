namespace Kinora.Rendering.Planes;

/// <summary>Numbers about a whole plane.</summary>
internal static class PlaneStatistics
{
    /// <summary>The value below which a fraction of all pixels lie, read from every third pixel.</summary>
    public static float Quantile(Plane plane, double fraction)
    {
        var sorted = new float[(plane.Length + 2) / 3];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = plane.Values[3 * i];
        Array.Sort(sorted);
        return sorted[(int)Math.Round(fraction * (sorted.Length - 1))];
    }

    public static float Mean(Plane plane)
    {
        double sum = 0;
        foreach (var value in plane.Values)
            sum += value;
        return (float)(sum / plane.Length);
    }

    /// <summary>Stretches the range between two quantiles to 0..1, in place.</summary>
    public static Plane Normalize(Plane plane, double lowQuantile = 0.01, double highQuantile = 0.99)
    {
        float low = Quantile(plane, lowQuantile), scale = 1 / (Quantile(plane, highQuantile) - low + 1e-6f);
        for (var i = 0; i < plane.Length; i++)
            plane.Values[i] = Math.Clamp((plane.Values[i] - low) * scale, 0, 1);
        return plane;
    }
}
