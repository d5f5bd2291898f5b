using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects;

/// <summary>
/// Guesses where things are by colour, texture and place. The words of the prompt decide whether there is any water or foliage at all;
/// appearance alone takes gravel for water.
/// </summary>
internal static class Regions
{
    /// <summary>Green to yellow texture that is not sky and not built: wind does not bend a tower.</summary>
    public static Plane Foliage(PictureReading reading)
    {
        var (texture, strong) = Texture(reading);
        var built = Built(reading.Picture.Lightness);
        var result = new Plane(texture.Width, texture.Height);
        for (var i = 0; i < result.Length; i++)
        {
            var green = Smooth.Step(-0.03f, 0.06f, -reading.Picture.RedGreen.Values[i]) + Smooth.Step(0.03f, 0.2f, reading.Picture.YellowBlue.Values[i]) * Smooth.Step(0.15f, 0.08f, reading.Picture.RedGreen.Values[i]);
            result.Values[i] = Math.Clamp(green, 0, 1) * Smooth.Step(0.15f * strong, 0.7f * strong, texture.Values[i]) * (1 - reading.Sky.Mask.Values[i]) * (1 - built.Values[i]);
        }
        return BoxFilter.Blur(result, 5);
    }

    // What people build has level and upright edges side by side; leaves point everywhere, and grass only up.
    private static Plane Built(Plane lightness)
    {
        const float Slant = 0.2f;
        int width = lightness.Width, height = lightness.Height;
        Plane level = new(width, height), upright = new(width, height), all = new(width, height);
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                float across = Math.Abs(lightness[x + 1, y] - lightness[x - 1, y]), down = Math.Abs(lightness[x, y + 1] - lightness[x, y - 1]);
                all[x, y] = across + down;
                level[x, y] = across < Slant * down ? down : 0;
                upright[x, y] = down < Slant * across ? across : 0;
            }
        }
        (level, upright, all) = (BoxFilter.Blur(level, 7), BoxFilter.Blur(upright, 7), BoxFilter.Blur(all, 7));
        for (var i = 0; i < all.Length; i++)
            all.Values[i] = Smooth.Step(0.125f, 0.19f, Math.Min(level.Values[i], upright.Values[i]) / (all.Values[i] + 0.004f));
        return all;
    }

    /// <summary>What stands out and has texture: hair, cloth, flags, a plant that is not green.</summary>
    public static Plane Subject(PictureReading reading)
    {
        var (texture, strong) = Texture(reading);
        var result = new Plane(texture.Width, texture.Height);
        for (var i = 0; i < result.Length; i++)
            result.Values[i] = Smooth.Step(0.35f, 0.75f, reading.Saliency.Values[i]) * Smooth.Step(0.05f * strong, 0.4f * strong, texture.Values[i]) * (1 - reading.Sky.Mask.Values[i]);
        return BoxFilter.Blur(result, 5);
    }

    /// <summary>
    /// Below the horizon, calm, and blue or grey without warmth; small scraps are dropped. Where that finds nothing certain nothing moves:
    /// a still lake beats a melting bank.
    /// </summary>
    public static Plane Water(PictureReading reading)
    {
        var (texture, strong) = Texture(reading);
        var result = new Plane(texture.Width, texture.Height);
        for (var y = 0; y < result.Height; y++)
        {
            var below = Smooth.Step(reading.Sky.Horizon + 0.02f, reading.Sky.Horizon + 0.06f, (y + 0.5f) / result.Height);
            for (var x = 0; x < result.Width; x++)
            {
                var calm = Smooth.Step(0.85f, 0.4f, texture[x, y] / strong);
                var cool = Smooth.Step(0.045f, 0.0f, reading.Picture.YellowBlue[x, y]) * Smooth.Step(0.06f, 0.02f, Math.Abs(reading.Picture.RedGreen[x, y]));
                result[x, y] = below * calm * cool * (1 - reading.Sky.Mask[x, y]);
            }
        }
        var smooth = new GuidedFilter(reading.Picture.Channels, 8, 2e-3f).Apply(result);
        for (var i = 0; i < smooth.Length; i++)
            smooth.Values[i] = Math.Clamp(smooth.Values[i] * 1.3f - 0.1f, 0, 1);
        // Water lies low; a calm band in the upper half of a picture is air.
        foreach (var scrap in Components.Find(smooth, i => smooth.Values[i] > 0.3f).Where(part => part.Count < 0.02 * smooth.Length || part.Average(i => i / smooth.Width) < 0.5 * smooth.Height))
        {
            foreach (var i in scrap)
                smooth.Values[i] = 0;
        }
        return smooth;
    }

    /// <summary>
    /// Falling and flowing water: bright for its picture and bluish white, whatever its texture; only pieces with a really bright, cool core move.
    /// </summary>
    public static Plane Stream(PictureReading reading)
    {
        var picture = reading.Picture;
        var likely = new Plane(picture.Width, picture.Height);
        var bright = PlaneStatistics.Quantile(picture.Lightness, 0.72);
        // Water mirrors the sky: it is bluer than nearly everything around it. Wet rock is as bright and as calm, but never blue.
        var grey = Math.Min(0.002f, PlaneStatistics.Quantile(picture.YellowBlue, 0.15));
        for (var i = 0; i < likely.Length; i++)
        {
            var cool = Smooth.Step(grey, grey - 0.045f, picture.YellowBlue.Values[i]) * Smooth.Step(0.06f, 0.025f, Math.Abs(picture.RedGreen.Values[i]));
            likely.Values[i] = cool * Smooth.Step(bright - 0.12f, bright + 0.06f, picture.Lightness.Values[i]) * (1 - reading.Sky.Mask.Values[i]);
        }
        var smooth = new GuidedFilter(picture.Channels, 4, 1e-3f).Apply(BoxFilter.Blur(likely, 1)).Map(value => Smooth.Step(0.12f, 0.4f, value));
        foreach (var piece in Components.Find(smooth, i => smooth.Values[i] > 0.15f))
        {
            if (piece.Count > 0.0012 * smooth.Length && piece.Max(i => likely.Values[i]) > 0.8f)
                continue;
            foreach (var i in piece)
                smooth.Values[i] = 0;
        }
        return smooth;
    }

    /// <summary>Bright and warm: flames, lamps, the sun.</summary>
    public static Plane WarmLight(PictureReading reading)
    {
        var result = new Plane(reading.Picture.Width, reading.Picture.Height);
        for (var i = 0; i < result.Length; i++)
            result.Values[i] = Smooth.Step(0.45f, 0.85f, reading.Picture.Rgb[0].Values[i]) * Smooth.Step(0.02f, 0.18f, reading.Picture.YellowBlue.Values[i]);
        return BoxFilter.Blur(result, 6);
    }

    public static float Share(Plane region) => PlaneStatistics.Mean(region);

    /// <summary>The region with its outer edges faded, for effects that move pixels.</summary>
    public static Plane AwayFromEdges(Plane region)
    {
        for (var y = 0; y < region.Height; y++)
        {
            for (var x = 0; x < region.Width; x++)
                region[x, y] *= EffectScene.InsideEdges((x + 0.5f) / region.Width, (y + 0.5f) / region.Height);
        }
        return region;
    }

    private static (Plane Texture, float Strong) Texture(PictureReading reading)
    {
        var texture = BoxFilter.Mean(reading.Picture.Gradient, 3);
        return (texture, Math.Max(1e-3f, PlaneStatistics.Quantile(texture, 0.9)));
    }
}
