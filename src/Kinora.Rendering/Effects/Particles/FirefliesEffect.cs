using Kinora.Rendering.Direction;

namespace Kinora.Rendering.Effects.Particles;

/// <summary>Lights that wander and blink.</summary>
internal sealed class FirefliesEffect : ParticleEffect
{
    public override string Name => "fireflies";

    public override IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("firefly"), new("fireflies"), new("firefly glow"), new("glowing orb"), new("fairy light"), new("magic light"), new("will o wisp"), new("萤火虫"), new("流萤"),
    ];

    protected override ParticleStyle Style { get; } = new()
    {
        Count = 70,
        Radius = (3.5f, 11f),
        Speed = (-0.01f, 0.012f),
        Opacity = (0.6f, 0.95f),
        Colours = [(205, 70, 128), (215, 78, 136)],
        Swing = 0.05f,
        Twinkle = 1,
        Softness = 1,
    };
}
