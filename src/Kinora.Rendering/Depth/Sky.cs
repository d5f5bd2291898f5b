using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Depth;

/// <summary>Where the sky is: what is smooth and blue or bright and hangs together with the top edge.</summary>
/// <param name="Mask">1 in the sky, 0 elsewhere, soft at the border.</param>
/// <param name="Fraction">Its part of the picture, 0 if none was found.</param>
/// <param name="Horizon">The height of the horizon, 0 (top) to 1; a guess if there is no sky.</param>
internal sealed record Sky(Plane Mask, float Fraction, float Horizon)
{
    private const float GuessedHorizon = 0.38f;

    public bool IsThere => Fraction > 0.04f;

    public static Sky Find(WorkPicture picture, GuidedFilter smoother)
    {
        var likely = Likelihood(picture);
        var flooded = Flood(likely);
        if (WaterLine(flooded, picture.Lightness) is { } line)
            flooded.Values.AsSpan(line * flooded.Width).Clear();
        var fraction = PlaneStatistics.Mean(flooded);
        var top = 0f;
        foreach (var value in flooded.Row(0))
            top += value / flooded.Width;
        if (fraction is not (> 0.04f and < 0.8f) || top <= 0.35f)
            return None(picture);
        var mask = Extend(smoother.Apply(flooded).Map(value => Smooth.Step(0.25f, 0.75f, value)), picture);
        return new Sky(mask, fraction, Math.Clamp(LowerEdge(flooded), 0.12f, 0.72f));
    }

    public static Sky None(WorkPicture picture) => new(new Plane(picture.Width, picture.Height), 0, GuessedHorizon);

    private static Plane Likelihood(WorkPicture picture)
    {
        var busy = BoxFilter.Mean(picture.Gradient, 2);
        var result = new Plane(picture.Width, picture.Height);
        for (var i = 0; i < result.Length; i++)
        {
            var light = picture.Lightness.Values[i];
            // Blue for its brightness: the sky at dusk is dark and blue.
            var blue = Smooth.Step(-0.05f, -0.24f, picture.YellowBlue.Values[i] / (0.15f + light)) * Smooth.Step(0.015f, 0.09f, light);
            // Bright and warm is a wall more often than a sky.
            var pale = Smooth.Step(0.45f, 0.75f, light) * Smooth.Step(0.07f, 0.02f, picture.YellowBlue.Values[i]);
            result.Values[i] = Math.Max(blue, pale) * Smooth.Step(0.16f, 0.04f, busy.Values[i]);
        }
        return result;
    }

    private static Plane Flood(Plane likely)
    {
        int width = likely.Width, height = likely.Height;
        var result = new Plane(width, height);
        var queue = new Queue<int>();
        for (var x = 0; x < width; x++)
            Visit(width + x, 0.3f);
        while (queue.TryDequeue(out var at))
        {
            var (x, y) = (at % width, at / width);
            if (x > 0)
                Visit(at - 1, 0.22f);
            if (x < width - 1)
                Visit(at + 1, 0.22f);
            if (y < height - 1)
                Visit(at + width, 0.22f);
            if (y > 1)
                Visit(at - width, 0.22f);
        }
        // The gradient is unknown in the outermost row.
        result.Row(1).CopyTo(result.Row(0));
        return result;

        void Visit(int at, float least)
        {
            if (result.Values[at] != 0 || likely.Values[at] <= least)
                return;
            result.Values[at] = 1;
            queue.Enqueue(at);
        }
    }

    // The flood keeps away from every edge; what next to it still has the colour of the sky nearby is sky too, up to the very outline of things.
    private static Plane Extend(Plane mask, WorkPicture picture)
    {
        const int Reach = 6;
        var certain = mask.Map(value => value > 0.9f ? 1 : 0);
        var near = BoxFilter.Mean(certain, Reach);
        var colours = Array.ConvertAll(picture.Channels, channel => PushPull.Fill(channel, certain));
        for (var i = 0; i < mask.Length; i++)
        {
            if (near.Values[i] < 0.02f || mask.Values[i] >= 1)
                continue;
            float difference = 0;
            for (var c = 0; c < colours.Length; c++)
                difference += Math.Abs(colours[c].Values[i] - picture.Channels[c].Values[i]);
            mask.Values[i] = Math.Max(mask.Values[i], Smooth.Step(0.20f, 0.08f, difference));
        }
        return mask;
    }

    // In haze the flood runs from the sky into the sea. Where it does, the light of nearly all columns takes a step in the same row, and took none above.
    private static int? WaterLine(Plane flooded, Plane lightness)
    {
        const float Step = 0.006f;
        var calm = 0f;
        for (var y = 3; y < flooded.Height * 0.75f; y++)
        {
            int columns = 0, darker = 0, brighter = 0;
            float sum = 0;
            for (var x = 0; x < flooded.Width; x++)
            {
                if (flooded[x, y] < 0.5f)
                    continue;
                var step = lightness[x, y + 1] - lightness[x, y - 2];
                sum += step;
                columns++;
                darker += step < -Step ? 1 : 0;
                brighter += step > Step ? 1 : 0;
            }
            if (columns < flooded.Width / 4)
                continue;
            var mean = Math.Abs(sum / columns);
            if (y > flooded.Height * 0.15f && Math.Max(darker, brighter) > 0.8f * columns && mean > 0.018f && mean > 3.5f * calm)
                return y;
            // What a clear sky does from row to row, slowly forgotten.
            calm = Math.Max(mean, 0.97f * calm);
        }
        return null;
    }

    private static float LowerEdge(Plane mask)
    {
        var edges = new List<int>();
        for (var x = 0; x < mask.Width; x++)
        {
            var last = mask.Height - 1;
            while (last > 0 && mask[x, last] < 0.5f)
                last--;
            if (last > 0)
                edges.Add(last);
        }
        edges.Sort();
        return edges.Count == 0 ? GuessedHorizon : (float)edges[edges.Count / 2] / mask.Height;
    }
}
