using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Lens;

/// <summary>A wide aperture: what the picture is about stays sharp, and the rest goes soft with its distance from it.</summary>
internal sealed class DepthOfFieldEffect : IEffect
{
    public string Name => "depth of field";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("depth of field"), new("shallow depth of field", Amount: 1.2), new("shallow focus", Amount: 1.2), new("bokeh"), new("blurred background"), new("blurry background"), new("soft background"), new("background blur"), new("wide aperture"),
        new("景深"), new("浅景深", Amount: 1.2), new("散景"), new("背景虚化"), new("虚化"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) =>
        scene.Background is null ? null : new Prepared(new FocusField(scene), (float)Math.Clamp(plan.Strength, 0.3, 1));

    private sealed class Prepared(FocusField field, float strength) : ILensEffect
    {
        public Defocus[] At(SourceGrid grid, EffectMoment moment) => field.At(grid, field.Subject, strength * (float)moment.Envelope);
    }
}
