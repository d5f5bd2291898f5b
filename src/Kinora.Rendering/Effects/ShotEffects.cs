using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects;

/// <summary>All effects of one shot, ready.</summary>
internal sealed class ShotEffects
{
    private readonly List<IPreparedEffect> _effects = [];

    public ShotEffects(IReadOnlyList<EffectPlan> plans, EffectScene scene)
    {
        foreach (var plan in plans)
        {
            if (EffectCatalog.Named(plan.Effect).Prepare(scene, plan) is { } effect)
                _effects.Add(effect);
            else
                Missing.Add(plan);
        }
    }

    /// <summary>Puts something in front of everything that was planned: it belongs to the scene, and the weather falls over it.</summary>
    public void AddFirst(IPreparedEffect effect) => _effects.Insert(0, effect);

    /// <summary>What the prompt asks for and the picture has no place for.</summary>
    public List<EffectPlan> Missing { get; } = [];

    /// <summary>Bends another grid over the same picture in the same way.</summary>
    public void Bend(SourceGrid grid, EffectMoment moment)
    {
        foreach (var effect in _effects.OfType<IGridEffect>())
            effect.Bend(grid, moment);
    }

    public EffectFrame At(SourceGrid grid, EffectMoment moment)
    {
        Bend(grid, moment);
        return new EffectFrame
        {
            RowBends = [.. _effects.OfType<IRowEffect>().Select(effect => effect.At(grid, moment))],
            Drifts = [.. _effects.OfType<IDriftEffect>().Select(effect => effect.At(grid, moment))],
            Underlays = [.. _effects.OfType<IUnderlay>().Select(effect => effect.Under(grid, moment))],
            Overlays = [.. _effects.OfType<IOverlay>().Select(effect => effect.At(grid, moment))],
        };
    }
}
