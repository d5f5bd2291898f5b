using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Parallax;

/// <summary>How near the subject and the background behind it are.</summary>
internal static class Billboard
{
    private const float Lift = 0.18f, Bulge = 0.06f;

    /// <summary>The background's nearness with the subject's own bump taken out.</summary>
    public static Plane Background(PictureReading reading)
    {
        var around = BoxFilter.Mean(reading.Subject.Mask, 3).Map(value => value < 1e-3f ? 1 : 0);
        return Relief.LimitSlope(PushPull.Fill(reading.Nearness, around));
    }

    /// <summary>
    /// The subject's nearness: that of the ground where it stands (so its feet do not slide) or clearly more than what is around it,
    /// nearly the same all over, a little more towards its middle.
    /// </summary>
    public static (Plane Nearness, float Level) Subject(PictureReading reading, Plane background)
    {
        var mask = reading.Subject.Mask;
        var level = Math.Clamp(Math.Max(AtFoot(mask, background), Around(mask, reading.Nearness) + Lift), 0, 1);
        var inside = new NearestFeature(mask, value => value < 0.5f);
        var result = new Plane(mask.Width, mask.Height);
        float deepest = 1;
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                if (inside.IsKnown(x, y))
                    deepest = Math.Max(deepest, inside.Distance(x, y));
            }
        }
        for (var y = 0; y < mask.Height; y++)
        {
            for (var x = 0; x < mask.Width; x++)
            {
                var depth = mask[x, y] > 0.5f && inside.IsKnown(x, y) ? MathF.Sqrt(inside.Distance(x, y) / deepest) : 0;
                result[x, y] = Math.Clamp(level + Bulge * depth, 0, 1);
            }
        }
        return (BoxFilter.Blur(result, 4), level);
    }

    // The ground's nearness in the row above which 97 percent of the subject lie.
    private static float AtFoot(Plane mask, Plane background)
    {
        double total = mask.Values.Sum(), below = 0;
        var row = mask.Height - 1;
        while (row > 0 && below <= 0.03 * total)
        {
            foreach (var value in mask.Row(row))
                below += value;
            row--;
        }
        double sum = 0, count = 1e-6;
        for (var x = 0; x < mask.Width; x++)
        {
            sum += mask[x, row] * background[x, row];
            count += mask[x, row];
        }
        return (float)(sum / count);
    }

    private static float Around(Plane mask, Plane nearness)
    {
        var soft = BoxFilter.Mean(mask, 3);
        double sum = 0, count = 1e-6;
        for (var i = 0; i < mask.Length; i++)
        {
            if (soft.Values[i] is <= 0.01f or >= 0.6f || mask.Values[i] >= 0.5f)
                continue;
            sum += nearness.Values[i];
            count++;
        }
        return (float)(sum / count);
    }
}
