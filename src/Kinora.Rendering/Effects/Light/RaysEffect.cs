using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Light;

/// <summary>Shafts of light from above that turn slowly.</summary>
internal sealed class RaysEffect : IEffect
{
    public string Name => "rays";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("god ray"), new("god rays"), new("light ray"), new("sun ray"), new("ray of light"), new("light beam"), new("shaft of light"), new("light shaft"), new("volumetric light"), new("light stream"), new("sunlight streaming"), new("sunlight pour"),
        new("丁达尔"), new("光束"), new("光柱"), new("圣光"), new("阳光洒"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var left = Brightness(scene, 0, 0.5) >= Brightness(scene, 0.5, 1);
        return new Prepared(scene.Nearness, left ? 0.08f : 0.92f, (float)Math.Clamp(plan.Strength, 0.3, 1.8));
    }

    // The rays come from the brighter upper corner.
    private static double Brightness(EffectScene scene, double from, double to)
    {
        var light = scene.Reading.Picture.Lightness;
        double sum = 0;
        for (var y = 0; y < light.Height / 3; y++)
        {
            for (var x = (int)(from * light.Width); x < (int)(to * light.Width); x++)
                sum += light[x, y];
        }
        return sum;
    }

    private sealed class Prepared(Plane nearness, float sourceU, float strength) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            var time = (float)moment.Seconds;
            var relief = NodeField.Sample(nearness, grid);
            var aspect = (float)grid.Size.Height / grid.Size.Width;
            var field = NodeField.OnScreen(grid, (u, v) =>
            {
                float dx = u - sourceU, dy = (v + 0.25f) * aspect;
                var angle = MathF.Atan2(dx, dy);
                var shafts = ValueNoise.At(angle * 5.5f, 0.17f * time, 3) * 0.6f + ValueNoise.At(angle * 13, 0.23f * time, 9) * 0.4f;
                return Smooth.Step(0.42f, 0.8f, shafts) * Smooth.Step(1.4f, 0.2f, MathF.Sqrt(dx * dx + dy * dy));
            });
            for (var i = 0; i < field.Values.Length; i++)
                field.Values[i] *= 0.5f * strength * (float)moment.Envelope * (1 - 0.5f * relief.Values[i]);
            return new Tint(field, 226, 122, 133);
        }
    }
}
