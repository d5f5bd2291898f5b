using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Motion;

/// <summary>A living subject at rest: it widens and lifts by a few pixels, fourteen times a minute, and leans ever so slightly.</summary>
internal sealed class BreatheEffect : IEffect
{
    public string Name => "breathe";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("breath"), new("breathe"), new("breathing"), new("chest rise"), new("inhale"), new("exhale"), new("smile"), new("blink"), new("nod"), new("look at the camera"), new("he sway", Amount: 1.4), new("she sway", Amount: 1.4), new("man sway", Amount: 1.4), new("woman sway", Amount: 1.4), new("body sway", Amount: 1.4), new("dancer sway", Amount: 1.4), new("idle"), new("pose"), new("purr"), new("sleep"),
        new("呼吸"), new("微笑"), new("眨眼"), new("点头"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var subject = BoxFilter.Blur(scene.Reading.Saliency.Map(value => Smooth.Step(0.2f, 0.7f, value)), 14);
        var reading = scene.Reading;
        return new Prepared(Regions.AwayFromEdges(subject), (float)plan.Strength, (float)reading.FocusU + 0.5f, (float)(reading.FocusV / reading.Aspect) + 0.5f);
    }

    private sealed class Prepared(Plane mask, float strength, float centreU, float centreV) : IGridEffect
    {
        public void Bend(SourceGrid grid, in EffectMoment moment)
        {
            float width = grid.Size.Width, height = grid.Size.Height, time = (float)moment.Seconds;
            // Out faster than in, as breath is.
            var phase = 2 * MathF.PI * 0.24f * time;
            var breath = 0.5f - 0.5f * MathF.Cos(phase - 0.35f * MathF.Sin(phase));
            var lean = MathF.Sin(2 * MathF.PI * 0.11f * time);
            var amount = strength * (float)moment.Envelope;
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    var at = row * grid.Stride + column;
                    float u = (grid.X[at] + 0.5f) / width, v = (grid.Y[at] + 0.5f) / height;
                    var here = mask.SampleAt(u, v) * amount;
                    grid.X[at] -= here * width * ((u - centreU) * 0.010f * breath + (1 - v) * 0.0022f * lean);
                    grid.Y[at] += here * height * (0.0075f * breath - (v - centreV) * 0.006f * breath);
                }
            }
        }
    }
}
