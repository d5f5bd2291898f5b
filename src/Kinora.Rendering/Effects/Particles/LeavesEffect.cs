using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Leaves that tumble down.</summary>
internal sealed class LeavesEffect : ParticleEffect
{
    public override string Name => "leaves";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("falling leaf"), new("leaf fall"), new("leaf falling"), new("autumn leaf"), new("leaf blow"), new("leaf drift"), new("leaf swirl"), new("落叶"), new("树叶飘落"), new("秋叶"),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 64,
        Radius = (4.5f, 15f),
        Speed = (0.17f, 0.09f),
        Opacity = (0.85f, 0.97f),
        Colours = [(110, 84, 172), (128, 74, 160), (92, 92, 168), (140, 70, 148)],
        Swing = 0.05f,
        Stretch = 1.7f,
        Tumbles = true,
        Softness = 0.12f,
    };
}
