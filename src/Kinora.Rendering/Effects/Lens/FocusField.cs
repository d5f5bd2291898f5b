using Kinora.Rendering.Depth;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Lens;

/// <summary>How far from the focus each part of the picture is, and two blurred copies to show it by: what lies between them is a mix.</summary>
internal sealed class FocusField
{
    /// <summary>Differences of nearness up to which everything is sharp, and from which on it is as blurred as it gets.</summary>
    private const float Sharp = 0.05f, Soft = 0.34f;

    private readonly BlurredSheet _light, _heavy;
    private readonly Plane _nearness;

    public FocusField(EffectScene scene)
    {
        var pixel = Math.Max(1, scene.Size.Width / 1280f);
        (_light, _heavy) = (BlurredSheet.Of(scene.Background!, Math.Max(1, (int)pixel)), BlurredSheet.Of(scene.Background!, (int)(3.5f * pixel)));
        _nearness = WithSubject(scene.Reading, scene.Nearness);
        Subject = _nearness.SampleAt((float)scene.Reading.FocusU + 0.5f, (float)(scene.Reading.FocusV / scene.Reading.Aspect) + 0.5f);
        Farthest = PlaneStatistics.Quantile(_nearness, 0.05);
    }

    /// <summary>Nearness of what the picture is about.</summary>
    public float Subject { get; }

    /// <summary>Nearness of the farthest parts.</summary>
    public float Farthest { get; }

    /// <param name="grid">Which picture point each node shows.</param>
    /// <param name="focus">Nearness of what is sharp.</param>
    /// <param name="amount">0 for everything sharp, 1 for the whole effect.</param>
    public Defocus[] At(SourceGrid grid, float focus, float amount)
    {
        var (light, heavy) = (NodeField.Sample(_nearness, grid), new NodeField(grid));
        for (var i = 0; i < light.Values.Length; i++)
        {
            var blur = amount * Smooth.Step(Sharp, Soft, Math.Abs(light.Values[i] - focus));
            (light.Values[i], heavy.Values[i]) = (Math.Min(1, 2 * blur), Math.Max(0, 2 * blur - 1));
        }
        return [new Defocus(_light, light), new Defocus(_heavy, heavy)];
    }

    // The relief keeps a subject low, so that it does not tear; a lens sees how far in front of the rest it stands.
    private static Plane WithSubject(PictureReading reading, Plane nearness)
    {
        var front = BoxFilter.Blur(reading.Subject.IsTrusted ? reading.Subject.Mask : reading.Saliency.Map(value => Smooth.Step(0.3f, 0.7f, value)), 3);
        var result = Resampling.Resize(nearness, front.Width, front.Height);
        for (var i = 0; i < result.Length; i++)
            result.Values[i] += (Math.Max(0.6f, result.Values[i]) - result.Values[i]) * front.Values[i];
        return result;
    }
}
