using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Look;

/// <summary>Film grain.</summary>
internal sealed class GrainEffect : IEffect
{
    public string Name => "grain";

    public IReadOnlyList<Phrase> Phrases { get; } = [new("film grain"), new("grain"), new("grainy"), new("35mm film"), new("analog film"), new("胶片"), new("颗粒")];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) => new Prepared((float)Math.Clamp(plan.Strength, 0.3, 2), scene.Seed);

    private sealed class Prepared(float strength, long seed) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment) => new Grain(0.8f * strength * (float)moment.Envelope, moment.Frame, seed);
    }
}
