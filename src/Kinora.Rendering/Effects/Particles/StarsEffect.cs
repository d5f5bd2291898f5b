using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Points of light that twinkle where they are.</summary>
internal sealed class StarsEffect : ParticleEffect
{
    public override string Name => "stars";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("twinkle"), new("star twinkle"), new("sparkle"), new("glitter"), new("shimmer"), new("glisten", Amount: 0.5), new("starry sky"), new("闪烁的星"), new("星光"), new("繁星"), new("闪闪发光"),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 110,
        Radius = (1.1f, 2.6f),
        Speed = (0f, 0f),
        Opacity = (0.45f, 0.95f),
        Colours = [(235, 128, 128), (230, 134, 124)],
        Twinkle = 1,
        Softness = 1,
        Hides = false,
    };
}
