using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Look;

/// <summary>Corners a sixth darker.</summary>
internal sealed class VignetteEffect : IEffect
{
    public string Name => "vignette";

    public IReadOnlyList<Phrase> Phrases { get; } = [new("vignette"), new("dark edges"), new("moody", Amount: 0.7), new("暗角")];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) => new Prepared((float)plan.Strength);

    private sealed class Prepared(float strength) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment) => Vignette.Of(grid, 0.24f * strength * (float)moment.Envelope);
    }
}
