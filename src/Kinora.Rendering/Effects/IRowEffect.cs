using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects;

/// <summary>Bends the picture finely from row to row, as ripples on water do.</summary>
internal interface IRowEffect : IPreparedEffect
{
    IRowBend At(SourceGrid grid, EffectMoment moment);
}
