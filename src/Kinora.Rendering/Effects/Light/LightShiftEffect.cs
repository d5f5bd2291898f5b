using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Light;

/// <summary>A broad band of light that wanders over the picture, a tenth brighter than the rest.</summary>
internal sealed class LightShiftEffect : IEffect
{
    public const string EffectName = "light";

    public string Name => EffectName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("light shift"), new("light move"), new("light change"), new("light sweep"), new("light play"), new("light dance"), new("shadow move"), new("shadow shift"), new("shadow dance"), new("sunlight move"), new("light glide"), new("light passes"),
        new("changing light"), new("shifting light"), new("dappled light"), new("sunbeam"), new("sun peek"), new("light across"), new("soft light"), new("warm light", Amount: 0.8), new("cinematic lighting", Amount: 0.7),
        new("光影"), new("光线变化"), new("光影流动"), new("阳光"), new("光线"), new("影子移动"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) => new Prepared((float)Math.Clamp(plan.Strength, 0.3, 1.6), plan.Heading == Heading.Left ? -1 : 1);

    private sealed class Prepared(float strength, float direction) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            // There and back in fourteen seconds: slow enough never to read as flicker.
            var centre = 0.5f - direction * 0.42f * MathF.Cos(2 * MathF.PI * (float)moment.Seconds / 14);
            var amount = 0.13f * strength * (float)moment.Envelope;
            return Tint.Gain(NodeField.OnScreen(grid, (u, v) =>
            {
                var distance = u - centre + 0.25f * (v - 0.5f);
                return amount * (MathF.Exp(-distance * distance * 14) - 0.42f);
            }));
        }
    }
}
