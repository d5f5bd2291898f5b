using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Motion;

/// <summary>Falling and flowing water: the bright, colourless part of the picture runs down.</summary>
internal sealed class StreamEffect : IEffect
{
    public string Name => "stream";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("waterfall", Amount: 1.6), new("stream"), new("cascade", Amount: 1.4), new("fountain", Amount: 1.3), new("brook"), new("creek"), new("flowing water"), new("water flow"), new("river flow"), new("rapids", Amount: 1.5),
        new("瀑布", Amount: 1.6), new("溪"), new("溪流"), new("流水"), new("喷泉", Amount: 1.3), new("水流"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var picture = scene.Reading.Picture;
        var mask = new Plane(picture.Width, picture.Height);
        var light = PlaneStatistics.Quantile(picture.Lightness, 0.6);
        for (var i = 0; i < mask.Length; i++)
        {
            var colour = Math.Abs(picture.RedGreen.Values[i]) + Math.Max(0, picture.YellowBlue.Values[i]);
            mask.Values[i] = Smooth.Step(light, light + 0.2f, picture.Lightness.Values[i]) * Smooth.Step(0.16f, 0.05f, colour) * (1 - scene.Reading.Sky.Mask.Values[i]);
        }
        mask = BoxFilter.Blur(mask, 2).Map(value => Smooth.Step(0.25f, 0.7f, value));
        return Regions.Share(mask) < 0.01f ? null : new Prepared(Regions.AwayFromEdges(mask), 0.022f * (float)plan.Strength * scene.Size.Width);
    }

    private sealed class Prepared(Plane mask, float way) : IDriftEffect
    {
        public Drift At(SourceGrid grid, EffectMoment moment) => new(mask, grid, moment with { Seconds = moment.Seconds * 2.2 }, 0, way);
    }
}
