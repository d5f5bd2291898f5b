using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>The common part of everything that falls, floats or flies.</summary>
internal abstract class ParticleEffect : IEffect
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<Phrase> Phrases { get; }

    protected abstract ParticleStyle Style { get; }

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) =>
        new ParticleField(Style, scene, Math.Clamp(plan.Strength, 0.3, 2.5), plan.Heading == Heading.Left ? -1 : 1);
}
