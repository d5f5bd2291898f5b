using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Short bright streaks that fly up.</summary>
internal sealed class SparksEffect : ParticleEffect
{
    public override string Name => "sparks";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("spark"), new("sparks"), new("welding"), new("firework", Amount: 1.4), new("fireworks", Amount: 1.4), new("火花"), new("烟花", Amount: 1.4),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 210,
        Radius = (0.8f, 1.9f),
        Speed = (-0.75f, 0.22f),
        Opacity = (0.7f, 1f),
        Colours = [(228, 92, 150), (215, 70, 165)],
        Stretch = 7,
        Twinkle = 0.5f,
        Softness = 0.9f,
        Cools = true,
    };
}
