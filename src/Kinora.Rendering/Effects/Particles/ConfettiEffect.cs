using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Coloured paper that tumbles down.</summary>
internal sealed class ConfettiEffect : ParticleEffect
{
    public override string Name => "confetti";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("confetti"), new("streamer"), new("ticker tape"), new("彩纸"), new("五彩纸屑"), new("彩带"),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 240,
        Radius = (3.2f, 8.5f),
        Speed = (0.3f, 0.02f),
        Opacity = (0.9f, 1f),
        Colours = [(90, 110, 200), (170, 60, 140), (120, 180, 90), (190, 100, 120), (110, 160, 160), (200, 70, 150)],
        Swing = 0.03f,
        Stretch = 1.6f,
        Tumbles = true,
        Softness = 0.08f,
    };
}
