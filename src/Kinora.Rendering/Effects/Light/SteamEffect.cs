using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Light;

/// <summary>A plume that rises from where the eye goes, widens, curls and thins out: steam from a cup, smoke from a chimney.</summary>
internal sealed class SteamEffect : IEffect
{
    public string Name => "steam";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("steam"), new("steamy"), new("steaming"), new("vapor"), new("vapour"), new("smoke rise", Amount: 1.3), new("smoke curl", Amount: 1.2), new("wisp of smoke"), new("plume", Amount: 1.3), new("smoke billow", Amount: 1.6),
        new("cigarette smoke"), new("incense"), new("蒸汽"), new("热气"), new("水汽"), new("炊烟", Amount: 1.2), new("青烟"), new("烟雾升腾", Amount: 1.3), new("冒烟", Amount: 1.3),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var reading = scene.Reading;
        // As bright as the picture's lights: grey in the dark, never a white patch.
        var light = Math.Clamp(PlaneStatistics.Quantile(reading.Picture.Lightness, 0.97), 0.45f, 0.95f);
        float u = (float)reading.FocusU + 0.5f, v = (float)(reading.FocusV / reading.Aspect) + 0.5f;
        return new Prepared(u, Math.Clamp(v, 0.35f, 0.9f), (float)reading.Aspect, (float)Math.Clamp(plan.Strength, 0.3, 1.8), (int)(16 + 219 * light));
    }

    private sealed class Prepared(float sourceU, float sourceV, float aspect, float strength, int luma) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            var time = (float)moment.Seconds;
            var field = new NodeField(grid);
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    var at = row * grid.Stride + column;
                    field.Values[row * grid.Columns + column] = strength * (float)moment.Envelope * Density((grid.X[at] + 0.5f) / grid.Size.Width, (grid.Y[at] + 0.5f) / grid.Size.Height, time);
                }
            }
            return new Tint(field, luma, 128, 128);
        }

        private float Density(float u, float v, float time)
        {
            // In picture widths above the source.
            var height = (sourceV - v) * aspect;
            if (height is < -0.03f or > 0.5f)
                return 0;
            var sway = 0.02f * MathF.Sin(1.1f * time - 9 * height) + 0.05f * height * MathF.Sin(0.6f * time - 4 * height + 2);
            var across = (u - sourceU - sway) / (0.055f + 0.22f * Math.Max(0, height));
            var plume = MathF.Exp(-across * across) * Smooth.Step(-0.03f, 0.05f, height) * Smooth.Step(0.5f, 0.05f, height);
            if (plume < 0.01f)
                return 0;
            var curls = ValueNoise.Octaves(u * 11 + 0.4f * MathF.Sin(0.5f * time), v * aspect * 9 + 1.25f * time, 0.35f * time);
            return 0.9f * plume * Smooth.Step(0.30f, 0.78f, curls);
        }
    }
}
