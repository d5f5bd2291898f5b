using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Light;

/// <summary>Veils of noise that drift through the picture, denser where it is far away.</summary>
internal sealed class FogEffect : IEffect
{
    public string Name => "fog";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("fog"), new("foggy"), new("mist"), new("misty"), new("haze", Amount: 0.7), new("hazy", Amount: 0.7), new("smoke"), new("smoky"), new("dust storm", Amount: 1.5), new("thick fog", Amount: 1.5),
        new("雾"), new("薄雾", Amount: 0.7), new("烟"), new("烟雾"), new("大雾", Amount: 1.4), new("浓雾", Amount: 1.5), new("雾气"), new("霾"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        // As bright as the brighter parts of the picture: white fog in a night street looks pasted on.
        var light = PlaneStatistics.Quantile(scene.Reading.Picture.Lightness, 0.85);
        return new Prepared(scene.Nearness, (float)Math.Clamp(plan.Strength, 0.3, 1.8), (int)(16 + 219 * Math.Clamp(light * 0.85f + 0.16f, 0.3f, 0.93f)), plan.Heading == Heading.Left ? -1 : 1);
    }

    private sealed class Prepared(Plane nearness, float strength, int luma, float direction) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            var time = (float)moment.Seconds;
            var relief = NodeField.Sample(nearness, grid);
            var veil = NodeField.OnScreen(grid, (u, v) => ValueNoise.Octaves(u * 2.6f - direction * 0.22f * time, v * 3.2f + 0.03f * time, 0.13f * time));
            for (var i = 0; i < veil.Values.Length; i++)
            {
                var distance = 1 - 0.8f * relief.Values[i];
                veil.Values[i] = strength * (float)moment.Envelope * distance * (0.16f + 0.72f * Smooth.Step(0.26f, 0.76f, veil.Values[i]));
            }
            return new Tint(veil, luma, 128, 128);
        }
    }
}
