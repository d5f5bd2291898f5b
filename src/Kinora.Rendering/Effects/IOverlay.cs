using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects;

/// <summary>Paints over the rendered picture: weather, light, look.</summary>
internal interface IOverlay : IPreparedEffect
{
    IOverlayFrame At(SourceGrid grid, EffectMoment moment);
}
