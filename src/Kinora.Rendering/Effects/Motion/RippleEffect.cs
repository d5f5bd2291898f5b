using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Motion;

/// <summary>Small waves on water: two trains of sines that shorten towards the horizon as perspective shortens them.</summary>
internal sealed class RippleEffect : IEffect
{
    public string Name => "ripple";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("ripple"), new("water"), new("lake"), new("pond"), new("river"), new("sea"), new("ocean"), new("wave"), new("waves", Amount: 1.4), new("harbor"), new("harbour"), new("canal"), new("pool"), new("reflection"), new("tide"), new("bay"), new("shore"),
        new("水"), new("水面"), new("波纹"), new("涟漪"), new("湖"), new("湖面"), new("河"), new("海"), new("海浪", Amount: 1.4), new("波浪", Amount: 1.4), new("倒影"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var region = Regions.Water(scene.Reading);
        return Regions.Share(region) < 0.02f ? null : new Prepared(Regions.AwayFromEdges(region), scene.Reading.Sky.Horizon, (float)plan.Strength);
    }

    private sealed class Prepared(Plane mask, float horizon, float strength) : IRowEffect
    {
        public IRowBend At(SourceGrid grid, EffectMoment moment) =>
            new Waves(NodeField.Sample(mask, grid, strength * (float)moment.Envelope), horizon, (float)moment.Seconds);
    }

    private sealed class Waves(NodeField mask, float horizon, float time) : IRowBend
    {
        public void Bend(float row, Span<float> x, Span<float> y)
        {
            Span<int> weights = stackalloc int[mask.Columns + 1];
            if (!mask.Row(row, weights))
                return;
            float width = mask.Grid.Size.Width, height = mask.Grid.Size.Height, pixel = width / 1280;
            for (var i = 0; i < x.Length; i++)
            {
                if (weights[i] < 1000)
                    continue;
                float u = x[i] / width, below = Math.Max(0.03f, (y[i] / height - horizon) / (1 - horizon)), far = 1 / below;
                var amount = weights[i] / NodeField.One * pixel * (0.5f + 3.2f * below);
                x[i] += amount * 1.2f * (MathF.Sin(9 * far + 2.6f * time + 11 * u) + 0.6f * MathF.Sin(15.7f * far - 3.4f * time + 23 * u));
                y[i] += amount * 0.8f * MathF.Sin(8 * far + 2.2f * time + 5 * u);
            }
        }
    }
}
