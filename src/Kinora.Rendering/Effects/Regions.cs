using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects;

/// <summary>
/// Guesses where things are by colour, texture and place. The words of the prompt decide whether there is any water or foliage at all;
/// appearance alone takes gravel for water.
/// </summary>
internal static class Regions
{
    /// <summary>Green to yellow texture that is not sky.</summary>
    public static Plane Foliage(PictureReading reading)
    {
        var (texture, strong) = Texture(reading);
        var result = new Plane(texture.Width, texture.Height);
        for (var i = 0; i < result.Length; i++)
        {
            var green = Smooth.Step(-0.03f, 0.06f, -reading.Picture.RedGreen.Values[i]) + Smooth.Step(0.03f, 0.2f, reading.Picture.YellowBlue.Values[i]);
            result.Values[i] = Math.Clamp(green, 0, 1) * Smooth.Step(0.15f * strong, 0.7f * strong, texture.Values[i]) * (1 - reading.Sky.Mask.Values[i]);
        }
        return BoxFilter.Blur(result, 5);
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
        foreach (var scrap in Components.Find(smooth, i => smooth.Values[i] > 0.3f).Where(part => part.Count < 0.02 * smooth.Length))
        {
            foreach (var i in scrap)
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
