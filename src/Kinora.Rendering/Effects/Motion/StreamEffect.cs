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
        var mask = Regions.Stream(scene.Reading);
        return Regions.Share(mask) < 0.01f ? null : new Prepared(Regions.AwayFromEdges(mask), 0.022f * (float)plan.Strength * scene.Size.Width);
    }

    private sealed class Prepared(Plane mask, float way) : IDriftEffect
    {
        public Drift At(SourceGrid grid, EffectMoment moment) => new(mask, grid, moment with { Seconds = moment.Seconds * 2.2 }, 0, way);
    }
}
