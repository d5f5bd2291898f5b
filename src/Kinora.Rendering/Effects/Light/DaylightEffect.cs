using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Light;

/// <summary>The hour changes while the clip runs: light and colour go slowly from the picture's own towards another time of day.</summary>
internal sealed class DaylightEffect : IEffect
{
    public string Name => "daylight";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("sunset", Amount: 0.9), new("sun set", Amount: 0.9), new("sunrise", Amount: 0.8), new("sun rise", Amount: 0.8), new("golden hour", Amount: 0.8), new("dusk"), new("dawn", Amount: 0.8), new("day to night", Amount: 1.6), new("day turn to night", Amount: 1.6), new("night fall", Amount: 1.5),
        new("nightfall", Amount: 1.5), new("grow dark", Amount: 1.4), new("darken", Amount: 1.2), new("twilight"), new("日落", Amount: 0.9), new("夕阳", Amount: 0.9), new("日出", Amount: 0.8), new("黄昏"), new("黎明", Amount: 0.8), new("夜幕降临", Amount: 1.5), new("天黑", Amount: 1.4),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) => new Prepared((float)Math.Clamp(plan.Strength, 0.3, 1.8), plan.Source, scene);

    private sealed class Prepared(float strength, string source, EffectScene scene) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            var progress = (float)Smooth.Step(scene.ShotStartSeconds, scene.ShotStartSeconds + Math.Max(2.5, 0.9 * scene.ShotSeconds), moment.ClipSeconds) * (float)moment.Envelope;
            var isNight = strength > 1.15f;
            var isRising = source.Contains("ris", StringComparison.Ordinal) || source.Contains("dawn", StringComparison.Ordinal) || source.Contains('出') || source.Contains('黎');
            var gain = isNight ? -0.46f : isRising ? 0.14f : -0.12f;
            var warm = isNight ? (142, 122) : (112, 142);
            var glow = NodeField.OnScreen(grid, (_, v) => strength * progress * (isNight ? 0.36f : 0.40f) * (1 - 0.4f * v));
            return new Overlays(
                Tint.Gain(NodeField.OnScreen(grid, (_, v) => gain * strength * progress * (isNight ? 1 : 0.7f + 0.6f * v))),
                new Tint(glow, -1, warm.Item1, warm.Item2));
        }
    }
}
