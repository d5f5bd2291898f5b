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
        Radius = (2f, 8f),
        Speed = (-0.12f, 0.015f),
        Opacity = (0.16f, 0.34f),
        Colours = [(220, 134, 122), (228, 130, 126)],
        Swing = 0.02f,
        Softness = 0.35f,
    };
}
