using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects;

/// <summary>Bends the picture slowly in space: it moves the nodes of the grid, so it costs next to nothing.</summary>
internal interface IGridEffect : IPreparedEffect
{
    void Bend(SourceGrid grid, in EffectMoment moment);
}
