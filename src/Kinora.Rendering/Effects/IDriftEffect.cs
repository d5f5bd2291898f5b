using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects;

/// <summary>Lets a part of the picture flow on and on: clouds, streams, smoke.</summary>
internal interface IDriftEffect : IPreparedEffect
{
    Drift At(SourceGrid grid, EffectMoment moment);
}
