using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>
/// Moves an element's colours part of the way to those of the scene: mean and spread of luma and of both colour differences
/// (E. Reinhard et al., "Color Transfer between Images", 2001, in Y'CbCr and at 35 percent).
/// </summary>
internal static class ElementLight
{
    private const double Share = 0.35;

    public static void Match(Plane[] element, Plane alpha, PictureReading scene)
    {
        var picture = scene.Picture;
        var (light, red, blue) = (new Plane(picture.Width, picture.Height), new Plane(picture.Width, picture.Height), new Plane(picture.Width, picture.Height));
        for (var i = 0; i < light.Length; i++)
        {
            light.Values[i] = 16 + 219 * picture.Lightness.Values[i];
            blue.Values[i] = 128 + 224 * (picture.Rgb[2].Values[i] - picture.Lightness.Values[i]) / 1.8556f;
            red.Values[i] = 128 + 224 * (picture.Rgb[0].Values[i] - picture.Lightness.Values[i]) / 1.5748f;
        }
        Move(element[0], alpha, light, Share);
        Move(element[1], alpha, blue, Share);
        Move(element[2], alpha, red, Share);
    }

    private static void Move(Plane element, Plane alpha, Plane scene, double share)
    {
        var (mean, spread) = Statistics(element, alpha);
        var (sceneMean, sceneSpread) = Statistics(scene, null);
        var gain = 1 + (Math.Clamp(sceneSpread / Math.Max(1, spread), 0.6, 1.5) - 1) * share * 0.5;
        var target = mean + (sceneMean - mean) * share;
        for (var i = 0; i < element.Length; i++)
            element.Values[i] = (float)Math.Clamp((element.Values[i] - mean) * gain + target, 16, 240);
    }

    private static (double Mean, double Spread) Statistics(Plane plane, Plane? weights)
    {
        double total = 1e-6, sum = 0, squares = 0;
        for (var i = 0; i < plane.Length; i++)
        {
            double weight = weights?.Values[i] ?? 1, value = plane.Values[i];
            total += weight;
            sum += weight * value;
            squares += weight * value * value;
        }
        var mean = sum / total;
        return (mean, Math.Sqrt(Math.Max(0, squares / total - mean * mean)));
    }
}
