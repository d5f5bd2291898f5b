using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Lens;

/// <summary>A shutter that stays open: see <see cref="Camera.Shutter"/>. Fast moves are blurred without being asked; this blurs gentler ones too, and longer.</summary>
internal sealed class MotionBlurEffect : IEffect
{
    public string Name => "motion blur";

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("motion blur"), new("motion-blur"), new("long exposure"), new("slow shutter"), new("speed blur"), new("运动模糊"), new("动态模糊"), new("长曝光"),
    ];

    public IPreparedEffect Prepare(EffectScene scene, EffectPlan plan) => new Prepared();

    /// <summary>Marks the shots it is asked for in.</summary>
    public sealed class Prepared : IPreparedEffect;
}
