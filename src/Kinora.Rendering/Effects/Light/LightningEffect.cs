using Kinora.Rendering.Direction;
using Kinora.Rendering.Parallax;

namespace Kinora.Rendering.Effects.Light;

/// <summary>A flash at a third of the way that answers itself, then fades.</summary>
internal sealed class LightningEffect : IEffect
{
    public const string EffectName = "lightning";

    /// <summary>When the first flash strikes, and how long until the next.</summary>
    public const double FirstSeconds = 1.4, PeriodSeconds = 5.3;

    public string Name => EffectName;

    public IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("lightning"), new("thunderstorm"), new("thunder and lightning"), new("flash of light"), new("lightning flash"), new("strobe"), new("闪电"), new("雷电"), new("雷暴"),
    ];

    public IPreparedEffect? Prepare(EffectScene scene, EffectPlan plan) => new Prepared((float)Math.Clamp(plan.Strength, 0.3, 1.3));

    private sealed class Prepared(float strength) : IOverlay
    {
        public IOverlayFrame At(SourceGrid grid, EffectMoment moment)
        {
            var since = (float)(moment.ClipSeconds - FirstSeconds);
            var level = since < 0 ? 0 : Bolt(since - MathF.Floor(since / (float)PeriodSeconds) * (float)PeriodSeconds);
            var amount = 0.62f * strength * (float)moment.Envelope * level;
            return new Tint(NodeField.OnScreen(grid, (_, v) => amount * (1 - 0.45f * v)), 228, 134, 124);
        }

        private static float Bolt(float time) => Pulse(time, 16) + 0.7f * Pulse(time - 0.17f, 9) + 0.25f * Pulse(time - 0.42f, 6);

        private static float Pulse(float time, float decay) => time < 0 ? 0 : MathF.Exp(-decay * time) * Math.Min(1, time * 40 + 0.4f);
    }
}
