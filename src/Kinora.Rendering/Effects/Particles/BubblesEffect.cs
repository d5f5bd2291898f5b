using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Soft bright discs that rise.</summary>
internal sealed class BubblesEffect : ParticleEffect
{
    public override string Name => "bubbles";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("bubble"), new("soap bubble"), new("underwater bubble"), new("泡泡"), new("气泡"),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 70,
        Radius = (5f, 21f),
        Speed = (-0.12f, 0.015f),
        Opacity = (0.42f, 0.75f),
        Colours = [(226, 138, 120), (232, 126, 132), (222, 132, 124)],
        Swing = 0.02f,
        Softness = 0.2f,
        Rim = true,
    };
}
