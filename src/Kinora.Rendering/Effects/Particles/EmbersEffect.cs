using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Glowing specks that rise and cool.</summary>
internal sealed class EmbersEffect : ParticleEffect
{
    public override string Name => "embers";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("ember"), new("embers"), new("glowing ember"), new("ash"), new("余烬"), new("火星"),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 200,
        Radius = (1.6f, 5.4f),
        Speed = (-0.16f, 0.04f),
        Opacity = (0.5f, 0.95f),
        Colours = [(185, 62, 190), (205, 58, 172), (160, 80, 200)],
        Swing = 0.02f,
        Twinkle = 0.45f,
        Softness = 0.9f,
        Cools = true,
    };
}
