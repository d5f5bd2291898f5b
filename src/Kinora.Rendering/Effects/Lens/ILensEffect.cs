using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Lens;

/// <summary>Takes parts of the picture out of focus.</summary>
internal interface ILensEffect : IPreparedEffect
{
    /// <summary>Blurred copies of the picture with how much of each shows, the least blurred first; they are laid over one another.</summary>
    Defocus[] At(SourceGrid grid, EffectMoment moment);
}
