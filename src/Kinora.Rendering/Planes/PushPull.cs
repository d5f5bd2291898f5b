namespace Kinora.Rendering.Planes;

/// <summary>Fills unknown pixels smoothly from known ones: averages go down a pyramid until everything is known, then come back up.</summary>
internal static class PushPull
{
    /// <param name="values">Pixels; unknown ones may hold anything.</param>
    /// <param name="known">1 where a pixel is known, 0 where not, fractions between.</param>
    public static Plane Fill(Plane values, Plane known)
    {
        int width = values.Width, height = values.Height;
        if (width <= 2 || height <= 2)
            return FillTip(values, known);
        var (smallValues, smallKnown) = Halve(values, known);
        var coarse = Fill(smallValues, smallKnown);
        var result = new Plane(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var weight = Math.Min(1, known[x, y]);
                result[x, y] = weight >= 1 ? values[x, y] : values[x, y] * weight + coarse.Sample(x * 0.5f - 0.25f, y * 0.5f - 0.25f) * (1 - weight);
            }
        }
        return result;
    }

    private static (Plane Values, Plane Known) Halve(Plane values, Plane known)
    {
        int width = (values.Width + 1) / 2, height = (values.Height + 1) / 2;
        Plane sums = new(width, height), weights = new(width, height);
        for (var y = 0; y < values.Height; y++)
        {
            for (var x = 0; x < values.Width; x++)
            {
                var at = y / 2 * width + x / 2;
                sums.Values[at] += values[x, y] * known[x, y];
                weights.Values[at] += known[x, y];
            }
        }
        for (var i = 0; i < sums.Length; i++)
        {
            sums.Values[i] = weights.Values[i] > 0 ? sums.Values[i] / weights.Values[i] : 0;
            weights.Values[i] = Math.Min(1, weights.Values[i]);
        }
        return (sums, weights);
    }

    private static Plane FillTip(Plane values, Plane known)
    {
        float sum = 0, weight = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values.Values[i] * known.Values[i];
            weight += known.Values[i];
        }
        var mean = weight > 0 ? sum / weight : 0;
        var result = new Plane(values.Width, values.Height);
        for (var i = 0; i < values.Length; i++)
        {
            var share = Math.Min(1, known.Values[i]);
            result.Values[i] = values.Values[i] * share + mean * (1 - share);
        }
        return result;
    }
}
