using Kinora.Rendering.Depth;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Elements;

/// <summary>
/// Moves an element's colours part of the way to those of the scene: mean and spread of luma and of both colour differences
/// (E. Reinhard et al., "Color Transfer between Images", 2001, in Y'CbCr and at 35 percent). Measured once, so that a video does not flicker.
/// </summary>
internal sealed class ElementLight
{
    private const double Share = 0.35;
    private readonly (double Gain, double Offset)[] _planes;

    private ElementLight((double Gain, double Offset)[] planes) => _planes = planes;

    /// <param name="element">Luma, blue and red difference of the element in code values.</param>
    /// <param name="alpha">Where it is, at the same size.</param>
    /// <param name="scene">The picture it will stand in.</param>
    public static ElementLight Between(Plane[] element, Plane alpha, PictureReading scene)
    {
        var picture = scene.Picture;
        var (light, red, blue) = (new Plane(picture.Width, picture.Height), new Plane(picture.Width, picture.Height), new Plane(picture.Width, picture.Height));
        for (var i = 0; i < light.Length; i++)
        {
            light.Values[i] = 16 + 219 * picture.Lightness.Values[i];
            blue.Values[i] = 128 + 224 * (picture.Rgb[2].Values[i] - picture.Lightness.Values[i]) / 1.8556f;
            red.Values[i] = 128 + 224 * (picture.Rgb[0].Values[i] - picture.Lightness.Values[i]) / 1.5748f;
        }
        return new ElementLight([Towards(element[0], alpha, light), Towards(element[1], alpha, blue), Towards(element[2], alpha, red)]);
    }

    /// <summary>Changes luma, blue and red difference in place; any size.</summary>
    public void Apply(Plane[] element)
    {
        for (var plane = 0; plane < _planes.Length; plane++)
        {
            var (gain, offset) = _planes[plane];
            var values = element[plane].Values;
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)Math.Clamp(values[i] * gain + offset, 16, 240);
        }
    }

    private static (double Gain, double Offset) Towards(Plane element, Plane alpha, Plane scene)
    {
        var (mean, spread) = Statistics(element, alpha);
        var (sceneMean, sceneSpread) = Statistics(scene, null);
        var gain = 1 + (Math.Clamp(sceneSpread / Math.Max(1, spread), 0.6, 1.5) - 1) * Share * 0.5;
        return (gain, mean + (sceneMean - mean) * Share - mean * gain);
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
