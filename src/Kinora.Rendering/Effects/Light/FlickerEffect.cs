using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Light;

/// <summary>Fire and failing neon: bright warm parts and what is around them go up and down a little, several times a second.</summary>
internal sealed class FlickerEffect : IEffect
{
    public string Name => "flicker";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("flicker"), new("flickering"), new("candle"), new("candlelight"), new("fire"), new("fireplace"), new("campfire"), new("bonfire"), new("flame"), new("torch"), new("neon"), new("lantern"), new("blaze", Amount: 1.4),
        new("闪烁"), new("烛光"), new("蜡烛"), new("火焰"), new("篝火"), new("霓虹"), new("灯笼"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) => new Prepared(Regions.WarmLight(scene.Reading), (float)Math.Clamp(plan.Strength, 0.3, 1.8));

    private sealed class Prepared(Plane lights, float strength) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            var time = (float)moment.Seconds;
            // 1/f: each higher rate has less weight.
            var flame = 0.5f * MathF.Sin(12.1f * time) + 0.3f * MathF.Sin(19.3f * time + 1) + 0.2f * MathF.Sin(31.7f * time + 2);
            var field = NodeField.Sample(lights, grid);
            for (var i = 0; i < field.Values.Length; i++)
                field.Values[i] = strength * (float)moment.Envelope * flame * (0.012f + 0.09f * field.Values[i]);
            return Tint.Gain(field);
        }
    }
}
