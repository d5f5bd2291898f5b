using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Motion;

/// <summary>The sky drifts.</summary>
internal sealed class CloudsEffect : IEffect
{
    public string Name => "clouds";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("cloud"), new("clouds"), new("cloud drift"), new("sky move"), new("drifting sky"), new("overcast"), new("timelapse", Amount: 1.6), new("time lapse", Amount: 1.6), new("hyperlapse", Amount: 1.6), new("aurora", Amount: 0.8),
        new("云"), new("云彩"), new("白云"), new("延时", Amount: 1.6), new("极光", Amount: 0.8),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        if (!scene.Reading.Sky.IsThere)
            return null;
        var mask = Regions.AwayFromEdges(BoxFilter.Blur(scene.Reading.Sky.Mask, 3).Map(value => Smooth.Step(0.5f, 1f, value)));
        var way = (plan.Heading == Heading.Left ? -1 : 1) * 0.035f * (float)plan.Strength * scene.Size.Width;
        return new Prepared(mask, way);
    }

    private sealed class Prepared(Plane mask, float way) : IDriftEffect
    {
        public Drift At(SourceGrid grid, EffectMoment moment) => new(mask, grid, moment, way, 0);
    }
}
