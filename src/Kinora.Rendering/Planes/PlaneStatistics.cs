namespace Kinora.Rendering.Planes;

/// <summary>Numbers about a whole plane.</summary>
internal static class PlaneStatistics
{
    /// <summary>The value below which a fraction of all pixels lie, read from every third pixel.</summary>
    public static float Quantile(Plane plane, double fraction) => Quantile(Sample(plane), fraction);

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
        var sample = Sample(plane);
        float low = Quantile(sample, lowQuantile), scale = 1 / (Quantile(sample, highQuantile) - low + 1e-6f);
        var values = plane.Values;
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Clamp((values[i] - low) * scale, 0, 1);
        return plane;
    }

    private static float[] Sample(Plane plane)
    {
        var sample = new float[(plane.Length + 2) / 3];
        var values = plane.Values;
        for (var i = 0; i < sample.Length; i++)
            sample[i] = values[3 * i];
        return sample;
    }

    private static float Quantile(float[] sample, double fraction) => Selection.Take(sample, (int)Math.Round(fraction * (sample.Length - 1)));
}
