using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Look;

/// <summary>
/// Light that spills over: the highlights of the picture, blurred at two widths, brighten what is around them and breathe slowly. It is made once from
/// the picture and follows the camera with it.
/// </summary>
internal sealed class BloomEffect : IEffect
{
    public string Name => "bloom";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("bloom"), new("bloom effect"), new("glow"), new("glowing"), new("soft glow"), new("dreamy"), new("ethereal"), new("halation"), new("radiant"), new("luminous"), new("shimmer"), new("shine", Amount: 0.8), new("backlit", Amount: 0.8),
        new("辉光"), new("光晕"), new("发光"), new("柔光"), new("梦幻"), new("闪耀"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var light = scene.Reading.Picture.Lightness;
        // What is bright here, not what is bright anywhere: a night street has highlights too.
        var bright = Math.Clamp(PlaneStatistics.Quantile(light, 0.86), 0.30f, 0.88f);
        var source = light.Map(value => Smooth.Step(bright, bright + 0.18f, value) * value);
        Plane near = BoxFilter.Blur(source, 5), wide = BoxFilter.Blur(source, 16);
        for (var i = 0; i < near.Length; i++)
            near.Values[i] = near.Values[i] * 0.45f + wide.Values[i] * 0.75f;
        return new Prepared(near, (float)Math.Clamp(plan.Strength, 0.3, 1.8));
    }

    private sealed class Prepared(Plane glow, float strength) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            var breath = 1 + 0.12f * MathF.Sin(0.9f * (float)moment.Seconds);
            return new Tint(NodeField.Sample(glow, grid, 0.62f * strength * breath * (float)moment.Envelope), 238, 126, 131);
        }
    }
}
