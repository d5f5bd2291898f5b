using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Look;

/// <summary>Faded, warm, darker towards the corners, with grain.</summary>
internal sealed class VintageEffect : IEffect
{
    public string Name => "vintage";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("vintage"), new("retro"), new("sepia", Amount: 1.6), new("old film"), new("8mm"), new("16mm", Amount: 0.7), new("super 8"), new("nostalgic", Amount: 0.7), new("70s"), new("80s"), new("复古"), new("怀旧"), new("老电影"), new("泛黄"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) => new Prepared((float)Math.Clamp(plan.Strength, 0.3, 1.6), scene.Seed);

    private sealed class Prepared(float strength, long seed) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            var amount = strength * (float)moment.Envelope;
            return new Overlays(
                new Tint(NodeField.OnScreen(grid, (_, _) => 0.5f * amount), -1, 112, 140),
                new Tint(NodeField.OnScreen(grid, (_, _) => 0.10f * amount), 150, -1, -1),
                Vignette.Of(grid, 0.20f * amount),
                new Grain(0.9f * amount, moment.Frame, seed));
        }
    }
}
