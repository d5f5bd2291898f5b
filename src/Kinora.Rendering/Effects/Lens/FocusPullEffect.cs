using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;
using Kinora.Rendering.Planes;

namespace Kinora.Rendering.Effects.Lens;

/// <summary>The focus goes from the distance to what the picture is about, once in a shot.</summary>
internal sealed class FocusPullEffect : IEffect
{
    public const string EffectName = "focus pull";

    public string Name => EffectName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("focus pull"), new("pull focus"), new("pulls focus"), new("rack focus"), new("rack the focus"), new("shift focus"), new("shifts focus"), new("focus shift"), new("comes into focus"), new("come into focus"),
        new("移焦"), new("焦点转移"), new("拉焦"), new("变焦点"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) =>
        scene.Background is null ? null : new Prepared(new FocusField(scene), (float)Math.Clamp(plan.Strength, 0.3, 1), scene.ShotStartSeconds, scene.ShotSeconds);

    private sealed class Prepared(FocusField field, float strength, double start, double seconds) : ILensEffect
    {
        public Defocus[] At(SourceGrid grid, EffectMoment moment)
        {
            var way = (float)Smooth.Step(0.25, 0.75, (moment.ClipSeconds - start) / seconds);
            return field.At(grid, field.Farthest + (field.Subject - field.Farthest) * way, strength * (float)moment.Envelope);
        }
    }
}
