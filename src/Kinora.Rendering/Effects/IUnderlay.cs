using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects;

/// <summary>Paints over the background before the subject is drawn in front of it.</summary>
internal interface IUnderlay : IPreparedEffect
{
    IOverlayFrame Under(SourceGrid grid, EffectMoment moment);
}
