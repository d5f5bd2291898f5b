using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Motion;

/// <summary>
/// Wind in plants, hair and cloth: two slow oscillations whose phase travels over the picture under a gust that passes through
/// (after Y.-Y. Chuang et al., "Animating Pictures with Stochastic Motion Textures", SIGGRAPH 2005). It grows with the height above the ground.
/// </summary>
internal sealed class SwayEffect : IEffect
{
    public string Name => "sway";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("sway"), new("rustle"), new("flutter"), new("breeze"), new("blow in the wind"), new("wind blow"), new("windy", Amount: 1.3), new("windblown"), new("wind in"), new("gust", Amount: 1.4), new("wave in the wind"),
        new("grass move"), new("leaf move"), new("tree move"), new("hair move"), new("hair blow"), new("hair flow"), new("hair flowing"), new("dress flow"), new("cape flow"), new("flag wave"), new("flag flutter"), new("plant move"),
        new("flower move"), new("dance in the wind"), new("branch move"), new("billow"), new("摇曳"), new("飘动"), new("飘扬"), new("风吹"), new("随风"), new("摆动"), new("拂动"), new("沙沙"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan)
    {
        var region = Regions.Foliage(scene.Reading);
        if (Regions.Share(region) < 0.01f)
            region = Regions.Subject(scene.Reading);
        return Regions.Share(region) < 0.003f ? null : new Prepared(Regions.AwayFromEdges(region), (float)plan.Strength);
    }

    private sealed class Prepared(Plane mask, float strength) : IGridEffect
    {
        public void Bend(SourceGrid grid, in EffectMoment moment)
        {
            float width = grid.Size.Width, time = (float)moment.Seconds;
            for (var row = 0; row < grid.Rows; row++)
            {
                for (var column = 0; column < grid.Columns; column++)
                {
                    var at = row * grid.Stride + column;
                    float u = (grid.X[at] + 0.5f) / width, v = (grid.Y[at] + 0.5f) / grid.Size.Height;
                    var amount = mask.SampleAt(u, v);
                    if (amount < 0.01f)
                        continue;
                    var gust = MathF.Sin(0.9f * time - 4 * u);
                    amount *= strength * (float)moment.Envelope * Smooth.Step(1.05f, 0.35f, v) * (0.6f + 0.4f * gust);
                    var phase = 6 * u + 2.1f * v;
                    var swing = 0.5f * MathF.Sin(1.7f * time + phase) + 0.3f * MathF.Sin(2.9f * time + 1.7f * phase) + 0.28f * gust;
                    grid.X[at] += width * 0.0135f * amount * swing;
                    grid.Y[at] += width * 0.002f * amount * MathF.Sin(2.3f * time + 1.3f * phase);
                }
            }
        }
    }
}
